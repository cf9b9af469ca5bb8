// Counts what the model takes for what: a confusion matrix over items or pixels that grows in place on the device.
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";

// Whole numbers added in any order give the same sum, so that these atomics change nothing from run to run.
const program = variants(({ perItem }: { perItem: boolean }) =>
  defineProgram({
    name: "Confusion",
    storage: { outputs: "read f32", labels: "read i32", weight: "read f32", counts: "write atomic<i32>" },
    uniforms: { n: "u32", classes: "u32", rows: "u32" },
    code: forEachElement(`  let item = i / u.rows;
  let label = labels[i];
  if (weight[item] == 0.0 || label < 0 || label >= i32(u.classes)) { return; }
  let start = i * u.classes;
  var best = 0u;
  for (var c = 1u; c < u.classes; c++) { if (outputs[start + c] > outputs[start + best]) { best = c; } }
  ${
    perItem
      ? "let at = item * 4u + min(u32(label), 1u) * 2u + min(best, 1u);"
      : "let at = u32(label) * u.classes + best;"
  }
  atomicAdd(&counts[at], 1);`),
  }),
);

/** Rows are the truth, columns the answer; `perItem`: a 2 × 2 table an item, class 0 against all others. */
const kernel = defineKernel<"outputs" | "labels" | "weight" | "counts", { perItem: boolean }>({
  name: "GlassConfusion",
  reference({ outputs, labels, weight, counts }, { perItem }) {
    const classes = outputs.shape.at(-1) ?? 0;
    const rows = labels.data.length / weight.data.length;
    labels.data.forEach((label, row) => {
      const item = Math.floor(row / rows);
      if (weight.data[item] === 0 || label < 0 || label >= classes) return;
      let best = 0;
      for (let c = 1; c < classes; c += 1) {
        if ((outputs.data[row * classes + c] as number) > (outputs.data[row * classes + best] as number)) best = c;
      }
      const at = perItem ? item * 4 + Math.min(label, 1) * 2 + Math.min(best, 1) : label * classes + best;
      counts.data[at] = (counts.data[at] as number) + 1;
    });
    return [];
  },
  gpu({ outputs, labels, weight, counts }, { perItem }, gpu) {
    const n = sizeOf(labels);
    gpu.run(program({ perItem }), {
      tensors: { outputs, labels, weight, counts },
      uniforms: { n, classes: outputs.shape.at(-1) ?? 0, rows: n / sizeOf(weight) },
      groups: flatGroups(n),
    });
    return [];
  },
});

/** Adds a batch to `counts`, int32 [C, C]: outputs [B, …, C], labels int32 [B, …]; what is outside 0…C−1 does not count. */
export function addConfusion(counts: Tensor, outputs: Tensor, labels: Tensor, weight: Tensor): void {
  kernel({ outputs, labels, weight, counts }, { perItem: false });
}

/** Adds to `counts`, int32 [B, 2, 2]: for each item, class 0 against all others. */
export function addForeground(counts: Tensor, outputs: Tensor, labels: Tensor, weight: Tensor): void {
  kernel({ outputs, labels, weight, counts }, { perItem: true });
}
