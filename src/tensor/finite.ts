// Watches tensors for NaN and infinity on the GPU, without waiting for it.
import { engine, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "./kernel";
import { defineProgram, flatGroups, forEachElement } from "./program";
import { readback } from "./readback";
import { writeTensor } from "./writeTensor";

// The bits are compared, because WGSL may assume that floats are finite. The maximum is of integers: deterministic.
const program = defineProgram({
  name: "FiniteWatch",
  storage: { x: "read u32", flag: "write atomic<i32>" },
  uniforms: { n: "u32" },
  code: forEachElement("  if ((x[i] & 0x7f800000u) == 0x7f800000u) { atomicMax(&flag[0], 1); }"),
});

const watchKernel = defineKernel<"x" | "flag", object>({
  name: "GlassFiniteWatch",
  reference({ x, flag }) {
    if (!x.data.every((value) => Number.isFinite(value))) flag.data[0] = 1;
    return [];
  },
  gpu({ x, flag }, _, gpu) {
    const n = sizeOf(x);
    gpu.run(program, { tensors: { x, flag }, uniforms: { n }, groups: flatGroups(n) });
    return [];
  },
});

export interface FiniteWatch {
  /** One dispatch; remembers whether the tensor holds NaN or infinity. */
  check(tensor: Tensor): void;
  /** Whether everything checked since the last call was finite. */
  allFinite(): Promise<boolean>;
  dispose(): void;
}

/** A watch over any number of float32 tensors, read as rarely as you like. */
export function createFiniteWatch(): FiniteWatch {
  const flag = engine().keep(zeros([1], "int32"));
  return {
    check: (tensor) => void watchKernel({ x: tensor, flag }, {}),
    async allFinite() {
      const pending = readback(flag);
      writeTensor(flag, new Int32Array(1));
      return (await pending)[0] === 0;
    },
    dispose: () => flag.dispose(),
  };
}
