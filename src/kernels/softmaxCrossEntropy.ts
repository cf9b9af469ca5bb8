// Softmax cross-entropy from logits and integer labels, for items or for all their pixels: logsumexp(x) − x[label].
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { isEmulated } from "../tensor/emulated";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import { rowLogSumExp, wideFrom } from "./rowLogSumExp";
import { rowMeans, rowMeansReference } from "./rowMeans";
import { weightedMean, weightedMeanReference } from "./weightedMean";

export interface CrossEntropyOptions {
  /** [B]: 0 for items that only pad a batch. Without it every row is an item. */
  readonly weight?: Tensor;
  /** [C]: PyTorch's `weight`; the mean divides by the weights of the labels. */
  readonly classWeights?: Tensor;
  /** Share of the target spread evenly over all classes. */
  readonly labelSmoothing?: number;
  /** A label that does not count, beside those outside 0…C−1. */
  readonly ignore?: number;
  /** Focal loss (Lin et al. 2017): each row counts (1 − p[label])^gamma times. 0 is plain cross-entropy. */
  readonly gamma?: number;
}

export interface LossResult {
  /** Weighted mean over the items; the only differentiable output. */
  readonly mean: Scalar;
  /** Each item's own mean loss, [B]. */
  readonly perItem: Tensor1D;
  /** What each item weighs in the mean, [B]: mean = Σ share·perItem / Σ share. */
  readonly share: Tensor1D;
}

type Inputs = "logits" | "labels" | "weight" | "classWeights";
interface Attrs {
  readonly smoothing: number;
  readonly ignore: number;
  readonly gamma: number;
  /** Rows of logits to an item. */
  readonly rows: number;
  /** Whether there are item weights and class weights; without them their binding is unused and everything weighs 1. */
  readonly items: boolean;
  readonly classes: boolean;
}

const classWeight = (given: boolean): string =>
  `fn class_weight(c : u32) -> f32 { return ${given ? "classWeights[c]" : "1.0"}; }`;

// PyTorch: each class's term carries that class's weight, and the divisor is the label's weight.
interface Variant {
  readonly items: boolean;
  readonly classes: boolean;
  readonly focal: boolean;
  /** The rows' log Σ exp are there already. */
  readonly wide: boolean;
}

const ownTotal = `  var top = logits[start];
  for (var c = 1u; c < u.classes; c++) { top = max(top, logits[start + c]); }
  var sum = 0.0;
  for (var c = 0u; c < u.classes; c++) { sum += exp(logits[start + c] - top); }
  let total = top + log(sum);
  lse[i] = total;`;

const forward = variants(({ items, classes, focal, wide }: Variant) =>
  defineProgram({
    name: `SoftmaxCrossEntropy${wide ? "Wide" : ""}`,
    storage: {
      logits: "read f32",
      labels: "read i32",
      weight: "read f32",
      classWeights: "read f32",
      loss: "write f32",
      lse: "write f32",
      share: "write f32",
    },
    uniforms: { n: "u32", classes: "u32", rows: "u32", ignored: "i32", smoothing: "f32", gamma: "f32" },
    code: `${classWeight(classes)}
fn item_weight(i : u32) -> f32 { return ${items ? "weight[i / u.rows]" : "1.0"}; }
${forEachElement(`  let start = i * u.classes;
${wide ? "  let total = lse[i];" : ownTotal}
  let label = labels[i];
  let counts = label >= 0 && label < i32(u.classes) && label != u.ignored;
  let at = select(0u, u32(label), counts);
  let sharp = total - logits[start + at];
  var value = (1.0 - u.smoothing) * sharp;
  if (u.smoothing > 0.0) {
    var spread = 0.0;
    for (var c = 0u; c < u.classes; c++) { spread += class_weight(c) * (total - logits[start + c]); }
    value += u.smoothing * spread / (f32(u.classes) * class_weight(at));
  }
  ${focal ? "value *= pow(max(1.0 - exp(-sharp), 0.0), u.gamma);" : ""}
  loss[i] = select(0.0, value, counts);
  share[i] = select(0.0, item_weight(i) * class_weight(at), counts);`)}`,
  }),
);

const backward = variants(({ classes, focal }: { classes: boolean; focal: boolean }) =>
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
    uniforms: { n: "u32", classes: "u32", smoothing: "f32", gamma: "f32" },
    code: `${classWeight(classes)}
${forEachElement(`  let row = i / u.classes;
  let c = i % u.classes;
  let part = share[row];
  if (part == 0.0) { dx[i] = 0.0; return; }
  let p = exp(logits[i] - lse[row]);
  let label = u32(labels[row]);
  var d = (1.0 - u.smoothing) * (p - select(0.0, 1.0, c == label));
  if (u.smoothing > 0.0) {
    var all = ${classes ? "0.0" : "f32(u.classes)"};
    ${classes ? "for (var k = 0u; k < u.classes; k++) { all += class_weight(k); }" : ""}
    d += u.smoothing * (p * all - class_weight(c)) / (f32(u.classes) * class_weight(label));
  }
${
  focal
    ? `  let sharp = lse[row] - logits[row * u.classes + label];
  let right = exp(-sharp);
  let wrong = max(1.0 - right, 1e-7);
  d *= pow(wrong, u.gamma) + u.gamma * pow(wrong, u.gamma - 1.0) * right * sharp;`
    : ""
}
  dx[i] = d * part * norm[0] * dy[0];`)}`,
  }),
);

const gradientKernel = defineKernel<"dy" | "logits" | "labels" | "classWeights" | "lse" | "share" | "norm", Attrs>({
  name: "GlassSoftmaxCrossEntropyGradient",
  reference({ dy, logits, labels, classWeights, lse, share, norm }, { smoothing, gamma, classes: weighted }) {
    const classes = logits.shape.at(-1) ?? 0;
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
      return ((1 - smoothing) * sharp + smoothing * smooth) * focus(row, label) * part * scale;
    });
    /** d/dl of (1 − e^−l)^γ · l, where l is the row's cross-entropy. */
    function focus(row: number, label: number): number {
      if (gamma === 0) return 1;
      const loss = (lse.data[row] as number) - (logits.data[row * classes + label] as number);
      const wrong = Math.max(1 - Math.exp(-loss), 1e-7);
      return wrong ** gamma + gamma * wrong ** (gamma - 1) * Math.exp(-loss) * loss;
    }
    return [{ data, shape: logits.shape }];
  },
  gpu({ dy, logits, labels, classWeights, lse, share, norm }, { smoothing, gamma, classes }, gpu) {
    const dx = gpu.make(logits.shape);
    const n = sizeOf(logits);
    gpu.run(backward({ classes, focal: gamma > 0 }), {
      tensors: { dy, logits, labels, classWeights, lse, share, norm, dx },
      uniforms: { n, classes: logits.shape.at(-1) ?? 0, smoothing, gamma },
      groups: flatGroups(n),
    });
    return [dx];
  },
});

const lossKernel = defineKernel<Inputs, Attrs>({
  name: "GlassSoftmaxCrossEntropy",
  reference({ logits, labels, weight, classWeights }, attrs) {
    const { smoothing, ignore, gamma, items, rows: perItem } = attrs;
    const classes = logits.shape.at(-1) ?? 0;
    const rows = labels.data.length;
    const weightOf = (c: number): number => (attrs.classes ? (classWeights.data[c] as number) : 1);
    const [loss, lse, share] = [new Float32Array(rows), new Float32Array(rows), new Float32Array(rows)];
    for (let row = 0; row < rows; row += 1) {
      const x = [...logits.data.subarray(row * classes, (row + 1) * classes)];
      const top = Math.max(...x);
      const total = top + Math.log(x.reduce((sum, v) => sum + Math.exp(v - top), 0));
      lse[row] = total;
      const label = labels.data[row] as number;
      if (!(label >= 0 && label < classes) || label === ignore) continue;
      const own = weightOf(label);
      const sharp = total - (x[label] as number);
      const spread = x.reduce((sum, v, c) => sum + weightOf(c) * (total - v), 0);
      const plain = (1 - smoothing) * sharp + (smoothing * spread) / (classes * own);
      loss[row] = gamma === 0 ? plain : plain * (1 - Math.exp(-sharp)) ** gamma;
      share[row] = (items ? (weight.data[Math.floor(row / perItem)] as number) : 1) * own;
    }
    const ofRows = { mean: { data: loss, shape: [rows] }, share: { data: share, shape: [rows] } };
    const ofItems = perItem === 1 ? ofRows : rowMeansReference(loss, share, perItem);
    const [mean, norm] = weightedMeanReference(ofItems.mean.data, ofItems.share.data);
    const outputs = [mean, ofItems.mean, ofItems.share, { data: lse, shape: [rows] }, norm];
    return perItem === 1 ? outputs : [...outputs, ofRows.share];
  },
  gpu({ logits, labels, weight, classWeights }, { smoothing, ignore, gamma, items, classes: weighted, rows }, gpu) {
    const classes = logits.shape.at(-1) ?? 0;
    const n = sizeOf(labels);
    const [lse, share, mean, norm] = [gpu.make([n]), gpu.make([n]), gpu.make([]), gpu.make([])];
    const loss = rows === 1 ? gpu.make([n]) : gpu.temporary([n]);
    const wide = classes >= wideFrom && !isEmulated(gpu);
    if (wide) {
      gpu.run(rowLogSumExp, {
        tensors: { x: logits, lse },
        uniforms: { rows: n, columns: classes },
        groups: flatGroups(n, 1),
      });
    }
    gpu.run(forward({ items, classes: weighted, focal: gamma > 0, wide }), {
      tensors: { logits, labels, weight, classWeights, loss, lse, share },
      uniforms: { n, classes, rows, ignored: ignore, smoothing, gamma },
      groups: flatGroups(n),
    });
    // Where every row is an item, its share is the item's, and is there once.
    const means = rows === 1 ? { mean: loss, share } : rowMeans(gpu, loss, share, rows);
    gpu.run(weightedMean, {
      tensors: { loss: means.mean, weight: means.share, mean, norm },
      uniforms: { n: n / rows },
      groups: [1],
    });
    return rows === 1 ? [mean, loss, share, lse, norm] : [mean, means.mean, means.share, lse, norm, share];
  },
  gradient: {
    saveInputs: ["logits", "labels", "classWeights"],
    saveOutputs: [2, 3, 4, 5],
    of: ([dy], [logits, labels, classWeights, items, lse, norm, rows], attrs) => ({
      logits() {
        const inputs = { dy, logits, labels, classWeights, lse, share: rows ?? items, norm };
        return gradientKernel(inputs as never, attrs)[0] as Tensor;
      },
    }),
  },
});

/**
 * logits [N, C] or [B, H, W, C] and as many int32 labels → the mean over all that count, and each item's.
 * With weights [B], the rows of logits are shared evenly by the items. Labels outside 0…C−1 do not count.
 */
export function softmaxCrossEntropy(logits: Tensor, labels: Tensor, options: CrossEntropyOptions = {}): LossResult {
  const count = logits.size / (logits.shape.at(-1) ?? 1);
  if (labels.size !== count) throw new Error(`softmaxCrossEntropy: ${labels.size} labels for [${logits.shape}]`);
  if (labels.dtype !== "int32") throw new Error(`softmaxCrossEntropy: labels are ${labels.dtype}, not int32`);
  const { labelSmoothing = 0, ignore = -1, gamma = 0, weight, classWeights } = options;
  const rows = weight ? count / weight.size : 1;
  if (!Number.isInteger(rows)) throw new Error(`softmaxCrossEntropy: ${weight?.size} weights for ${count} rows`);
  const outputs = lossKernel(
    // What is not given is bound to something at hand that no gradient reaches.
    { logits, labels, weight: weight ?? labels, classWeights: classWeights ?? labels },
    {
      smoothing: labelSmoothing,
      ignore,
      gamma,
      rows,
      items: weight !== undefined,
      classes: classWeights !== undefined,
    },
  );
  const [mean, perItem, share, ...rest] = outputs as [Scalar, Tensor1D, Tensor1D, ...Tensor[]];
  rest.forEach((tensor) => tensor.dispose());
  return { mean, perItem, share };
}
