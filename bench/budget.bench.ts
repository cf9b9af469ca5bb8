// What a real GPU would be asked for by a step of ResNet-34 at 128 px, batch 64: counted exactly, computed nowhere.
import { forceConvStyle } from "../src/kernels/convRun";
import { submit } from "../src/tensor/backend";
import type { Counts } from "../src/tensor/counters";
import { pretendEmulated } from "../src/tensor/emulated";
import { printTable } from "./bench";
import type { Bench } from "./bench";
import { makeStep } from "./makeStep";

/** The budget of the design, and what stock tfjs asks for (a step with Adam). */
const limits: readonly [count: keyof Counts, name: string, scale: number, budget: string, stock: string][] = [
  ["dispatches", "dispatches", 1, "300", "3575"],
  ["submits", "submits", 1, "4", "239"],
  ["boundBytes", "GB bound", 1e9, "6", "29.1"],
  ["peakBytes", "GB at the peak", 1e9, "1.5", "6.7"],
  ["writtenBytes", "kB written", 1e3, "", ""],
  ["mappedBytes", "kB uploaded by mapping", 1e3, "", "627000"],
];

/** Counts of a step whose dispatches are recorded but not run. */
export async function budgetBench({ counters, gpu }: Bench): Promise<void> {
  const { prototype } = GPUComputePassEncoder;
  const { dispatchWorkgroups, setPipeline } = prototype;
  const kernels = new Map<string, number>();
  prototype.dispatchWorkgroups = () => undefined;
  prototype.setPipeline = ({ label }) => void kernels.set(label, (kernels.get(label) ?? 0) + 1);
  pretendEmulated(false);
  forceConvStyle({ kind: "tiled", lanes: 0 });
  try {
    counters.reset();
    const step = makeStep({ arch: "resnet34", options: {}, size: 128, batch: 64 });
    step();
    const { peakBytes } = counters.read();
    counters.reset();
    kernels.clear();
    step();
    submit();
    await gpu.queue.onSubmittedWorkDone();
    const counts = { ...counters.read(), peakBytes };
    const rows = limits.map(([count, name, scale, budget, stock]) => [
      name,
      (counts[count] / scale).toFixed(scale === 1 ? 0 : 2),
      budget,
      stock,
    ]);
    const often = [...kernels].sort(([, a], [, b]) => b - a);
    printTable("Kernels of a step of ResNet-34", ["", "dispatches"], often);
    printTable("Step of ResNet-34, 128 px, batch 64, as on a real GPU", ["", "ours", "budget", "stock"], rows);
  } finally {
    Object.assign(prototype, { dispatchWorkgroups, setPipeline });
    pretendEmulated(null);
    forceConvStyle(null);
  }
}
