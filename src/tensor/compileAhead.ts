// Compiles everything a step needs, side by side, before its first run: that is when a newcomer waits longest.
import { engine, env } from "@tensorflow/tfjs-core";
import { activeGpu } from "./backend";
import { collectPrograms } from "./dispatch";
import { precompile } from "./program";
import type { Program } from "./program";

/** The stock backend's part, TypeScript-hidden behind its own class. */
interface StockCompiler {
  checkCompileCompletionAsync(): Promise<void>;
}

/**
 * Runs `step` without computing: stock kernels and ours only ask for their pipelines, which then compile in parallel.
 * Values are meaningless meanwhile, and host-side effects of `step` happen (counters, writeTensor), so give it a step
 * on throw-away state. Returns how many of our own programs it met; 0 on the cpu backend, where nothing runs.
 */
export async function compileAhead(step: () => void): Promise<number> {
  const gpu = activeGpu();
  if (!gpu) return 0;
  env().set("WEBGPU_ENGINE_COMPILE_ONLY", true);
  let programs: readonly Program[];
  try {
    programs = collectPrograms(() => engine().tidy(() => void step()));
  } finally {
    env().set("WEBGPU_ENGINE_COMPILE_ONLY", false);
  }
  await Promise.all([
    precompile(gpu.device, programs),
    (gpu as unknown as StockCompiler).checkCompileCompletionAsync(),
  ]);
  return programs.length;
}
