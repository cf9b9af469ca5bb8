// Binary cross-entropy from logits, for several labels an item: max(x, 0) − x·t + log(1 + e^−|x|).
import { ones } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";
import type { LossResult } from "./softmaxCrossEntropy";
import { weightedMean, weightedMeanReference } from "./weightedMean";

export interface BceOptions {
  /** [N]: 0 for rows that only pad a batch. */
  readonly weight?: Tensor;
}

const forward = defineProgram({
  name: "BceWithLogits",
  storage: { logits: "read f32", targets: "read f32", loss: "write f32" },
  uniforms: { n: "u32", classes: "u32" },
  // log(1 + e) would lose a small e: its series up to e³ there.
  code: forEachElement(`  var sum = 0.0;
  for (var c = 0u; c < u.classes; c++) {
    let x = logits[i * u.classes + c];
    let e = exp(-abs(x));
    let log1p = select(log(1.0 + e), e * (1.0 - e * (0.5 - e / 3.0)), e < 0.01);
    sum += max(x, 0.0) - x * targets[i * u.classes + c] + log1p;
  }
  loss[i] = sum / f32(u.classes);`),
});

const backward = defineProgram({
  name: "BceWithLogitsGradient",
  storage: {
    dy: "read f32",
    logits: "read f32",
    targets: "read f32",
    weight: "read f32",
    norm: "read f32",
    dx: "write f32",
  },
  uniforms: { n: "u32", classes: "u32" },
  code: forEachElement(`  let part = weight[i / u.classes];
  if (part == 0.0) { dx[i] = 0.0; return; }
  let x = logits[i];
  let e = exp(-abs(x));
  let p = select(e, 1.0, x >= 0.0) / (1.0 + e);
  dx[i] = (p - targets[i]) * part * norm[0] * dy[0] / f32(u.classes);`),
});

const gradientKernel = defineKernel<"dy" | "logits" | "targets" | "weight" | "norm", object>({
  name: "GlassBceWithLogitsGradient",
  reference({ dy, logits, targets, weight, norm }) {
    const classes = logits.shape[1] ?? 0;
    const scale = ((norm.data[0] as number) * (dy.data[0] as number)) / classes;
    const data = Float32Array.from(logits.data, (x, i) => {
      const part = weight.data[Math.floor(i / classes)] as number;
      return part === 0 ? 0 : (1 / (1 + Math.exp(-x)) - (targets.data[i] as number)) * part * scale;
    });
    return [{ data, shape: logits.shape }];
  },
  gpu({ dy, logits, targets, weight, norm }, _, gpu) {
    const dx = gpu.make(logits.shape);
    const n = sizeOf(logits);
    gpu.run(backward, {
      tensors: { dy, logits, targets, weight, norm, dx },
      uniforms: { n, classes: logits.shape[1] ?? 0 },
      groups: flatGroups(n),
    });
    return [dx];
  },
});

const lossKernel = defineKernel<"logits" | "targets" | "weight", object>({
  name: "GlassBceWithLogits",
  reference({ logits, targets, weight }) {
    const [rows = 0, classes = 0] = logits.shape;
    const loss = new Float32Array(rows);
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let i = row * classes; i < (row + 1) * classes; i += 1) {
        const x = logits.data[i] as number;
        sum += Math.max(x, 0) - x * (targets.data[i] as number) + Math.log1p(Math.exp(-Math.abs(x)));
      }
      loss[row] = sum / classes;
    }
    const [mean, norm] = weightedMeanReference(loss, weight.data);
    return [mean, { data: loss, shape: [rows] }, norm];
  },
  gpu({ logits, targets, weight }, _, gpu) {
    const [rows = 0, classes = 0] = logits.shape;
    const [mean, loss, norm] = [gpu.make([]), gpu.make([rows]), gpu.make([])];
    gpu.run(forward, {
      tensors: { logits, targets, loss },
      uniforms: { n: rows, classes },
      groups: flatGroups(rows),
    });
    gpu.run(weightedMean, { tensors: { loss, weight, mean, norm }, uniforms: { n: rows }, groups: [1] });
    return [mean, loss, norm];
  },
  gradient: {
    saveInputs: ["logits", "targets", "weight"],
    saveOutputs: [2],
    of: ([dy], [logits, targets, weight, norm]) => ({
      logits: () => gradientKernel({ dy, logits, targets, weight, norm } as never, {})[0] as Tensor,
    }),
  },
});

/** logits and float32 targets [N, C] → mean over the weighted items and their classes; perItem: over the classes. */
export function bceWithLogits(logits: Tensor2D, targets: Tensor2D, options: BceOptions = {}): LossResult {
  if (logits.shape.join() !== targets.shape.join()) {
    throw new Error(`bceWithLogits: targets [${targets.shape}] for logits [${logits.shape}]`);
  }
  if (targets.dtype !== "float32") throw new Error(`bceWithLogits: targets are ${targets.dtype}, not float32`);
  const weight = options.weight ?? ones([logits.shape[0]]);
  const [mean, perItem, norm] = lossKernel({ logits, targets, weight }, {}) as [Scalar, Tensor1D, Tensor];
  norm.dispose();
  if (!options.weight) weight.dispose();
  return { mean, perItem };
}
