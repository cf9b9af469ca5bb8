// Adds one vector to another in place and scales the sum: into ← (into + x)·k; how gradients of batches become one.
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

const program = defineProgram({
  name: "AddScaled",
  storage: { into: "write f32", x: "read f32" },
  uniforms: { n: "u32", k: "f32" },
  code: forEachElement("  into[i] = (into[i] + x[i]) * u.k;"),
});

const kernel = defineKernel<"into" | "x", { k: number }>({
  name: "GlassAddScaled",
  reference({ into, x }, { k }) {
    into.data.forEach((value, i) => (into.data[i] = (value + (x.data[i] as number)) * k));
    return [];
  },
  gpu({ into, x }, { k }, gpu) {
    const n = sizeOf(into);
    gpu.run(program, { tensors: { into, x }, uniforms: { n, k }, groups: flatGroups(n) });
    return [];
  },
});

/** Both float32 of the same size; one dispatch. */
export function addScaled(into: Tensor, x: Tensor, k: number): void {
  kernel({ into, x }, { k });
}
