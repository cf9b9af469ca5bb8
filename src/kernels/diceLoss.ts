// Soft Dice loss of segmentation (Milletari et al. 2016): 1 − overlap of probabilities and masks, class by class.
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import type { LossResult } from "./softmaxCrossEntropy";
import { weightedMean, weightedMeanReference } from "./weightedMean";

export interface DiceOptions {
  /** [B]: 0 for items that only pad a batch. */
  readonly weight: Tensor;
  /** A label that does not count, beside those outside 0…C−1. */
  readonly ignore?: number;
  /** Added above and below, so that a class that is nowhere counts as found. */
  readonly smooth?: number;
  /** Squares the probabilities in the union. */
  readonly square?: boolean;
}

interface Attrs {
  readonly ignore: number;
  readonly smooth: number;
  readonly square: boolean;
}

const counts = "label >= 0 && label < i32(u.classes) && label != u.ignored";

const normalizers = defineProgram({
  name: "DiceNormalizers",
  storage: { logits: "read f32", lse: "write f32" },
  uniforms: { n: "u32", classes: "u32" },
  code: forEachElement(`  let start = i * u.classes;
  var top = logits[start];
  for (var c = 1u; c < u.classes; c++) { top = max(top, logits[start + c]); }
  var sum = 0.0;
  for (var c = 0u; c < u.classes; c++) { sum += exp(logits[start + c] - top); }
  lse[i] = top + log(sum);`),
});

// One workgroup for each class of each item.
const overlaps = variants(({ square }: { square: boolean }) =>
  defineProgram({
    name: "DiceOverlaps",
    storage: { logits: "read f32", labels: "read i32", lse: "read f32", overlap: "write f32" },
    uniforms: { classes: "u32", rows: "u32", ignored: "i32" },
    code: `
var<workgroup> inter : array<f32, 128>;
var<workgroup> both : array<f32, 128>;
@compute @workgroup_size(128)
fn main(@builtin(local_invocation_index) local : u32, @builtin(workgroup_id) group : vec3<u32>) {
  let c = group.x;
  let item = group.y;
  var a = 0.0;
  var b = 0.0;
  for (var r = local; r < u.rows; r += 128u) {
    let row = item * u.rows + r;
    let label = labels[row];
    if (${counts}) {
      let p = exp(logits[row * u.classes + c] - lse[row]);
      let hit = select(0.0, 1.0, u32(label) == c);
      a += p * hit;
      b += ${square ? "p * p" : "p"} + hit;
    }
  }
  inter[local] = a;
  both[local] = b;
  workgroupBarrier();
  for (var reach = 64u; reach > 0u; reach /= 2u) {
    if (local < reach) {
      inter[local] += inter[local + reach];
      both[local] += both[local + reach];
    }
    workgroupBarrier();
  }
  if (local == 0u) {
    overlap[(item * u.classes + c) * 2u] = inter[0];
    overlap[(item * u.classes + c) * 2u + 1u] = both[0];
  }
}`,
  }),
);

const scores = defineProgram({
  name: "DiceScores",
  storage: { overlap: "read f32", loss: "write f32" },
  uniforms: { n: "u32", classes: "u32", added: "f32" },
  code: forEachElement(`  var sum = 0.0;
  for (var c = 0u; c < u.classes; c++) {
    let at = (i * u.classes + c) * 2u;
    sum += 1.0 - (2.0 * overlap[at] + u.added) / (overlap[at + 1u] + u.added);
  }
  loss[i] = sum / f32(u.classes);`),
});

// One thread a pixel: d loss / d probability of every class, then back through the softmax.
const backward = variants(({ square }: { square: boolean }) =>
  defineProgram({
    name: "DiceGradient",
    storage: {
      dy: "read f32",
      logits: "read f32",
      labels: "read i32",
      weight: "read f32",
      lse: "read f32",
      overlap: "read f32",
      norm: "read f32",
      dx: "write f32",
    },
    uniforms: { n: "u32", classes: "u32", rows: "u32", ignored: "i32", added: "f32" },
    code: `
fn slope(at : u32, p : f32, hit : f32) -> f32 {
  let union_size = overlap[at + 1u] + u.added;
  let inter = 2.0 * overlap[at] + u.added;
  return (${square ? "2.0 * p * " : ""}inter / union_size - 2.0 * hit) / union_size;
}
${forEachElement(`  let item = i / u.rows;
  let start = i * u.classes;
  let label = labels[i];
  let scale = weight[item] * norm[0] * dy[0] / f32(u.classes);
  if (!(${counts}) || scale == 0.0) {
    for (var c = 0u; c < u.classes; c++) { dx[start + c] = 0.0; }
    return;
  }
  var mean = 0.0;
  for (var c = 0u; c < u.classes; c++) {
    let p = exp(logits[start + c] - lse[i]);
    mean += p * slope((item * u.classes + c) * 2u, p, select(0.0, 1.0, u32(label) == c));
  }
  for (var c = 0u; c < u.classes; c++) {
    let p = exp(logits[start + c] - lse[i]);
    dx[start + c] = p * (slope((item * u.classes + c) * 2u, p, select(0.0, 1.0, u32(label) == c)) - mean) * scale;
  }`)}`,
  }),
);

type Saved = "logits" | "labels" | "weight" | "lse" | "overlap" | "norm";

const gradientKernel = defineKernel<"dy" | Saved, Attrs>({
  name: "GlassDiceGradient",
  reference({ dy, logits, labels, weight, lse, overlap, norm }, { ignore, smooth, square }) {
    const classes = logits.shape.at(-1) ?? 0;
    const rows = labels.data.length / weight.data.length;
    const dx = new Float32Array(logits.data.length);
    labels.data.forEach((label, row) => {
      const item = Math.floor(row / rows);
      if (label < 0 || label >= classes || label === ignore) return;
      const p = Array.from({ length: classes }, (_, c) => Math.exp((logits.data[row * classes + c] as number) - (lse.data[row] as number))); // prettier-ignore
      const slopes = p.map((value, c) => {
        const at = (item * classes + c) * 2;
        const union = (overlap.data[at + 1] as number) + smooth;
        const inter = 2 * (overlap.data[at] as number) + smooth;
        return (((square ? 2 * value : 1) * inter) / union - 2 * (c === label ? 1 : 0)) / union;
      });
      const mean = p.reduce((sum, value, c) => sum + value * (slopes[c] as number), 0);
      const scale = ((weight.data[item] as number) * (norm.data[0] as number) * (dy.data[0] as number)) / classes;
      p.forEach((value, c) => (dx[row * classes + c] = value * ((slopes[c] as number) - mean) * scale));
    });
    return [{ data: dx, shape: logits.shape }];
  },
  gpu({ dy, logits, labels, weight, lse, overlap, norm }, { ignore, smooth, square }, gpu) {
    const dx = gpu.make(logits.shape);
    const n = sizeOf(labels);
    gpu.run(backward({ square }), {
      tensors: { dy, logits, labels, weight, lse, overlap, norm, dx },
      uniforms: { n, classes: logits.shape.at(-1) ?? 0, rows: n / sizeOf(weight), ignored: ignore, added: smooth },
      groups: flatGroups(n),
    });
    return [dx];
  },
});

const lossKernel = defineKernel<"logits" | "labels" | "weight", Attrs>({
  name: "GlassDice",
  reference({ logits, labels, weight }, { ignore, smooth, square }) {
    const classes = logits.shape.at(-1) ?? 0;
    const items = weight.data.length;
    const rows = labels.data.length / items;
    const [lse, overlap] = [new Float32Array(labels.data.length), new Float32Array(items * classes * 2)];
    labels.data.forEach((label, row) => {
      const x = [...logits.data.subarray(row * classes, (row + 1) * classes)];
      const top = Math.max(...x);
      lse[row] = top + Math.log(x.reduce((sum, value) => sum + Math.exp(value - top), 0));
      if (label < 0 || label >= classes || label === ignore) return;
      x.forEach((value, c) => {
        const p = Math.exp(value - (lse[row] as number));
        const at = (Math.floor(row / rows) * classes + c) * 2;
        if (c === label) overlap[at] = (overlap[at] as number) + p;
        overlap[at + 1] = (overlap[at + 1] as number) + (square ? p * p : p) + (c === label ? 1 : 0);
      });
    });
    const loss = Float32Array.from({ length: items }, (_, item) => {
      let sum = 0;
      for (let c = 0; c < classes; c += 1) {
        const at = (item * classes + c) * 2;
        sum += 1 - (2 * (overlap[at] as number) + smooth) / ((overlap[at + 1] as number) + smooth);
      }
      return sum / classes;
    });
    const [mean, norm] = weightedMeanReference(loss, weight.data);
    const saved = [{ data: lse, shape: labels.shape }, { data: overlap, shape: [items, classes, 2] }]; // prettier-ignore
    return [mean, { data: loss, shape: [items] }, ...saved, norm];
  },
  gpu({ logits, labels, weight }, { ignore, smooth, square }, gpu) {
    const classes = logits.shape.at(-1) ?? 0;
    const items = sizeOf(weight);
    const n = sizeOf(labels);
    const [lse, overlap, loss] = [gpu.make(labels.shape), gpu.make([items, classes, 2]), gpu.make([items])];
    const [mean, norm] = [gpu.make([]), gpu.make([])];
    gpu.run(normalizers, { tensors: { logits, lse }, uniforms: { n, classes }, groups: flatGroups(n) });
    gpu.run(overlaps({ square }), {
      tensors: { logits, labels, lse, overlap },
      uniforms: { classes, rows: n / items, ignored: ignore },
      groups: [classes, items],
    });
    gpu.run(scores, {
      tensors: { overlap, loss },
      uniforms: { n: items, classes, added: smooth },
      groups: flatGroups(items),
    });
    gpu.run(weightedMean, { tensors: { loss, weight, mean, norm }, uniforms: { n: items }, groups: [1] });
    return [mean, loss, lse, overlap, norm];
  },
  gradient: {
    saveInputs: ["logits", "labels", "weight"],
    saveOutputs: [2, 3, 4],
    of: ([dy], [logits, labels, weight, lse, overlap, norm], attrs) => ({
      logits: () => gradientKernel({ dy, logits, labels, weight, lse, overlap, norm } as never, attrs)[0] as Tensor,
    }),
  },
});

/** logits [B, H, W, C], labels int32 [B, H, W] → mean over items and classes of 1 − (2Σpt + s)/(Σp + Σt + s). */
export function diceLoss(logits: Tensor, labels: Tensor, options: DiceOptions): LossResult {
  const { weight, ignore = -1, smooth = 1e-6, square = false } = options;
  const outputs = lossKernel({ logits, labels, weight }, { ignore, smooth, square });
  const [mean, perItem, ...rest] = outputs as [Scalar, Tensor1D, ...Tensor[]];
  rest.forEach((tensor) => tensor.dispose());
  return { mean, perItem, share: weight as Tensor1D };
}
