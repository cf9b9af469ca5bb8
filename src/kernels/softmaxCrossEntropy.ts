// Softmax cross-entropy from logits and integer labels: loss = logsumexp(x) − x[label]; two dispatches, one back.
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import { weightedMean, weightedMeanReference } from "./weightedMean";

export interface CrossEntropyOptions {
  /** [N]: 0 for rows that only pad a batch. */
  readonly weight?: Tensor;
  /** [C]: PyTorch's `weight`; the mean divides by the weights of the labels. */
  readonly classWeights?: Tensor;
  /** Share of the target spread evenly over all classes. */
  readonly labelSmoothing?: number;
}

export interface LossResult {
  /** Weighted mean over the items; the only differentiable output. */
  readonly mean: Scalar;
  /** Each item's loss, unweighted, [N]. */
  readonly perItem: Tensor1D;
}

type Inputs = "logits" | "labels" | "weight" | "classWeights";
interface Attrs {
  readonly smoothing: number;
  /** Whether there are item weights and class weights; without them their binding is unused and everything weighs 1. */
  readonly items: boolean;
  readonly classes: boolean;
}

const classWeight = (given: boolean): string =>
  `fn class_weight(c : u32) -> f32 { return ${given ? "classWeights[c]" : "1.0"}; }`;

// PyTorch: each class's term carries that class's weight, and the divisor is the label's weight.
const forward = variants(({ items, classes }: { items: boolean; classes: boolean }) =>
  defineProgram({
    name: "SoftmaxCrossEntropy",
    storage: {
      logits: "read f32",
      labels: "read i32",
      weight: "read f32",
      classWeights: "read f32",
      loss: "write f32",
      lse: "write f32",
      share: "write f32",
    },
    uniforms: { n: "u32", classes: "u32", smoothing: "f32" },
    code: `${classWeight(classes)}
fn item_weight(i : u32) -> f32 { return ${items ? "weight[i]" : "1.0"}; }
${forEachElement(`  let start = i * u.classes;
  var top = logits[start];
  for (var c = 1u; c < u.classes; c++) { top = max(top, logits[start + c]); }
  var sum = 0.0;
  for (var c = 0u; c < u.classes; c++) { sum += exp(logits[start + c] - top); }
  let total = top + log(sum);
  lse[i] = total;
  let label = labels[i];
  let counts = label >= 0 && label < i32(u.classes);
  let at = select(0u, u32(label), counts);
  var value = (1.0 - u.smoothing) * (total - logits[start + at]);
  if (u.smoothing > 0.0) {
    var spread = 0.0;
    for (var c = 0u; c < u.classes; c++) { spread += class_weight(c) * (total - logits[start + c]); }
    value += u.smoothing * spread / (f32(u.classes) * class_weight(at));
  }
  loss[i] = select(0.0, value, counts);
  share[i] = select(0.0, item_weight(i) * class_weight(at), counts);`)}`,
  }),
);

const backward = variants(({ classes }: { classes: boolean }) =>
  defineProgram({
    name: "SoftmaxCrossEntropyGradient",
    storage: {
      dy: "read f32",
      logits: "read f32",
      labels: "read i32",
      classWeights: "read f32",
      lse: "read f32",
      share: "read f32",
      norm: "read f32",
      dx: "write f32",
    },
    uniforms: { n: "u32", classes: "u32", smoothing: "f32" },
    code: `${classWeight(classes)}
${forEachElement(`  let row = i / u.classes;
  let c = i % u.classes;
  let part = share[row];
  if (part == 0.0) { dx[i] = 0.0; return; }
  let p = exp(logits[i] - lse[row]);
  let label = u32(labels[row]);
  var d = (1.0 - u.smoothing) * (p - select(0.0, 1.0, c == label));
  if (u.smoothing > 0.0) {
    var all = 0.0;
    for (var k = 0u; k < u.classes; k++) { all += class_weight(k); }
    d += u.smoothing * (p * all - class_weight(c)) / (f32(u.classes) * class_weight(label));
  }
  dx[i] = d * part * norm[0] * dy[0];`)}`,
  }),
);

const gradientKernel = defineKernel<"dy" | "logits" | "labels" | "classWeights" | "lse" | "share" | "norm", Attrs>({
  name: "GlassSoftmaxCrossEntropyGradient",
  reference({ dy, logits, labels, classWeights, lse, share, norm }, { smoothing, classes: weighted }) {
    const classes = logits.shape[1] ?? 0;
    const weightOf = (c: number): number => (weighted ? (classWeights.data[c] as number) : 1);
    const all = Array.from({ length: classes }, (_, c) => weightOf(c)).reduce((sum, w) => sum + w, 0);
    const scale = (norm.data[0] as number) * (dy.data[0] as number);
    const data = Float32Array.from(logits.data, (logit, i) => {
      const row = Math.floor(i / classes);
      const part = share.data[row] as number;
      if (part === 0) return 0;
      const c = i % classes;
      const label = labels.data[row] as number;
      const p = Math.exp(logit - (lse.data[row] as number));
      const sharp = p - (c === label ? 1 : 0);
      const smooth = (p * all - weightOf(c)) / (classes * weightOf(label));
      return ((1 - smoothing) * sharp + smoothing * smooth) * part * scale;
    });
    return [{ data, shape: logits.shape }];
  },
  gpu({ dy, logits, labels, classWeights, lse, share, norm }, { smoothing, classes }, gpu) {
    const dx = gpu.make(logits.shape);
    const n = sizeOf(logits);
    gpu.run(backward({ classes }), {
      tensors: { dy, logits, labels, classWeights, lse, share, norm, dx },
      uniforms: { n, classes: logits.shape[1] ?? 0, smoothing },
      groups: flatGroups(n),
    });
    return [dx];
  },
});

const lossKernel = defineKernel<Inputs, Attrs>({
  name: "GlassSoftmaxCrossEntropy",
  reference({ logits, labels, weight, classWeights }, { smoothing, items, classes: weighted }) {
    const [rows = 0, classes = 0] = logits.shape;
    const weightOf = (c: number): number => (weighted ? (classWeights.data[c] as number) : 1);
    const [loss, lse, share] = [new Float32Array(rows), new Float32Array(rows), new Float32Array(rows)];
    for (let row = 0; row < rows; row += 1) {
      const x = [...logits.data.subarray(row * classes, (row + 1) * classes)];
      const top = Math.max(...x);
      const total = top + Math.log(x.reduce((sum, v) => sum + Math.exp(v - top), 0));
      lse[row] = total;
      const label = labels.data[row] as number;
      if (!(label >= 0 && label < classes)) continue;
      const own = weightOf(label);
      const spread = x.reduce((sum, v, c) => sum + weightOf(c) * (total - v), 0);
      loss[row] = (1 - smoothing) * (total - (x[label] as number)) + (smoothing * spread) / (classes * own);
      share[row] = (items ? (weight.data[row] as number) : 1) * own;
    }
    const [mean, norm] = weightedMeanReference(loss, share);
    return [mean, { data: loss, shape: [rows] }, { data: lse, shape: [rows] }, { data: share, shape: [rows] }, norm];
  },
  gpu({ logits, labels, weight, classWeights }, { smoothing, items, classes: weighted }, gpu) {
    const [rows = 0, classes = 0] = logits.shape;
    const [loss, lse, share] = [gpu.make([rows]), gpu.make([rows]), gpu.make([rows])];
    const [mean, norm] = [gpu.make([]), gpu.make([])];
    gpu.run(forward({ items, classes: weighted }), {
      tensors: { logits, labels, weight, classWeights, loss, lse, share },
      uniforms: { n: rows, classes, smoothing },
      groups: flatGroups(rows),
    });
    gpu.run(weightedMean, { tensors: { loss, weight: share, mean, norm }, uniforms: { n: rows }, groups: [1] });
    return [mean, loss, lse, share, norm];
  },
  gradient: {
    saveInputs: ["logits", "labels", "classWeights"],
    saveOutputs: [2, 3, 4],
    of: ([dy], [logits, labels, classWeights, lse, share, norm], attrs) => ({
      logits: () => gradientKernel({ dy, logits, labels, classWeights, lse, share, norm } as never, attrs)[0] as Tensor,
    }),
  },
});

/** logits [N, C], labels int32 [N] → mean over the weights, and each item's loss. Labels outside 0…C−1 do not count. */
export function softmaxCrossEntropy(logits: Tensor2D, labels: Tensor, options: CrossEntropyOptions = {}): LossResult {
  const [rows] = logits.shape;
  if (labels.size !== rows) throw new Error(`softmaxCrossEntropy: ${labels.size} labels for [${logits.shape}]`);
  if (labels.dtype !== "int32") throw new Error(`softmaxCrossEntropy: labels are ${labels.dtype}, not int32`);
  const { labelSmoothing = 0, weight, classWeights } = options;
  const outputs = lossKernel(
    // What is not given is bound to something at hand that no gradient reaches.
    { logits, labels, weight: weight ?? labels, classWeights: classWeights ?? labels },
    { smoothing: labelSmoothing, items: weight !== undefined, classes: classWeights !== undefined },
  );
  const [mean, perItem, ...rest] = outputs as [Scalar, Tensor1D, ...Tensor[]];
  rest.forEach((tensor) => tensor.dispose());
  return { mean, perItem };
}
