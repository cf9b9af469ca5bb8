// Whether a GPU is emulated by the processor: kernels with barriers compile and run slowly there, others do well.
import type { GpuBackend } from "./backend";

const emulators = ["swiftshader", "llvmpipe", "lavapipe", "basic render"];

/** Whether an adapter is a program: right, but slow. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  const names = `${info.vendor} ${info.architecture} ${info.description}`.toLowerCase();
  return info.isFallbackAdapter || emulators.some((name) => names.includes(name));
}

let pretended: boolean | null = null;

/** For tests: kernels choose their variant as on a real GPU (false) or an emulated one (true); null: what is there. */
export function pretendEmulated(emulated: boolean | null): void {
  pretended = emulated;
}

/** Whether kernels should be in their variant without workgroup memory and barriers. */
export function isEmulated({ device }: Pick<GpuBackend, "device">): boolean {
  const info = device.adapterInfo as GPUAdapterInfo | undefined;
  return pretended ?? (info !== undefined && isSoftware(info));
}
