// Losses that compare outputs and targets number by number: their mean over each item, and back; two dispatches, one back.
import { ones } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";
import type { LossResult } from "./softmaxCrossEntropy";
import { weightedMean, weightedMeanReference } from "./weightedMean";

/** A loss of one output x and one target t with up to two numbers a and b of its own. */
interface ElementSpec {
  readonly name: string;
  /** WGSL expressions of `x`, `t`, `u.a` and `u.b`; `lines` come before both. */
  readonly lines?: string;
  readonly value: string;
  readonly slope: string;
  readonly reference: (
    x: number,
    t: number,
    a: number,
    b: number,
  ) => { readonly value: number; readonly slope: number };
}

interface Attrs {
  readonly a: number;
  readonly b: number;
}

export type ElementLoss = (outputs: Tensor, targets: Tensor, options?: Partial<Attrs> & { readonly weight?: Tensor }) => LossResult; // prettier-ignore

const perItemOf = (shape: readonly number[]): number => shape.slice(1).reduce((product, length) => product * length, 1);

function defineElementLoss({ name, lines = "", value, slope, reference }: ElementSpec): ElementLoss {
  const forward = defineProgram({
    name,
    storage: { outputs: "read f32", targets: "read f32", loss: "write f32" },
    uniforms: { n: "u32", width: "u32", a: "f32", b: "f32" },
    code: forEachElement(`  var sum = 0.0;
  for (var k = i * u.width; k < (i + 1u) * u.width; k++) {
    let x = outputs[k];
    let t = targets[k];
    ${lines}
    sum += ${value};
  }
  loss[i] = sum / f32(u.width);`),
  });

  const backward = defineProgram({
    name: `${name}Gradient`,
    storage: {
      dy: "read f32",
      outputs: "read f32",
      targets: "read f32",
      weight: "read f32",
      norm: "read f32",
      dx: "write f32",
    },
    uniforms: { n: "u32", width: "u32", a: "f32", b: "f32" },
    code: forEachElement(`  let part = weight[i / u.width];
  if (part == 0.0) { dx[i] = 0.0; return; }
  let x = outputs[i];
  let t = targets[i];
  ${lines}
  dx[i] = (${slope}) * part * norm[0] * dy[0] / f32(u.width);`),
  });

  const gradientKernel = defineKernel<"dy" | "outputs" | "targets" | "weight" | "norm", Attrs>({
    name: `Glass${name}Gradient`,
    reference({ dy, outputs, targets, weight, norm }, { a, b }) {
      const width = perItemOf(outputs.shape);
      const scale = ((norm.data[0] as number) * (dy.data[0] as number)) / width;
      const data = Float32Array.from(outputs.data, (x, i) => {
        const part = weight.data[Math.floor(i / width)] as number;
        return part === 0 ? 0 : reference(x, targets.data[i] as number, a, b).slope * part * scale;
      });
      return [{ data, shape: outputs.shape }];
    },
    gpu({ dy, outputs, targets, weight, norm }, { a, b }, gpu) {
      const dx = gpu.make(outputs.shape);
      const n = sizeOf(outputs);
      gpu.run(backward, {
        tensors: { dy, outputs, targets, weight, norm, dx },
        uniforms: { n, width: perItemOf(outputs.shape), a, b },
        groups: flatGroups(n),
      });
      return [dx];
    },
  });

  const lossKernel = defineKernel<"outputs" | "targets" | "weight", Attrs>({
    name: `Glass${name}`,
    reference({ outputs, targets, weight }, { a, b }) {
      const [items = 0] = outputs.shape;
      const width = perItemOf(outputs.shape);
      const loss = new Float32Array(items);
      for (let item = 0; item < items; item += 1) {
        let sum = 0;
        for (let i = item * width; i < (item + 1) * width; i += 1) {
          sum += reference(outputs.data[i] as number, targets.data[i] as number, a, b).value;
        }
        loss[item] = sum / width;
      }
      const [mean, norm] = weightedMeanReference(loss, weight.data);
      return [mean, { data: loss, shape: [items] }, norm];
    },
    gpu({ outputs, targets, weight }, { a, b }, gpu) {
      const [items = 0] = outputs.shape;
      const [mean, loss, norm] = [gpu.make([]), gpu.make([items]), gpu.make([])];
      gpu.run(forward, {
        tensors: { outputs, targets, loss },
        uniforms: { n: items, width: perItemOf(outputs.shape), a, b },
        groups: flatGroups(items),
      });
      gpu.run(weightedMean, { tensors: { loss, weight, mean, norm }, uniforms: { n: items }, groups: [1] });
      return [mean, loss, norm];
    },
    gradient: {
      saveInputs: ["outputs", "targets", "weight"],
      saveOutputs: [2],
      of: ([dy], [outputs, targets, weight, norm], attrs) => ({
        outputs: () => gradientKernel({ dy, outputs, targets, weight, norm } as never, attrs)[0] as Tensor,
      }),
    },
  });

  return (outputs, targets, { a = 0, b = 0, weight } = {}) => {
    if (outputs.size !== targets.size || outputs.shape[0] !== targets.shape[0]) {
      throw new Error(`${name}: targets [${targets.shape}] for outputs [${outputs.shape}]`);
    }
    if (targets.dtype !== "float32") throw new Error(`${name}: targets are ${targets.dtype}, not float32`);
    const share = (weight ?? ones([outputs.shape[0] ?? 0])) as Tensor1D;
    const [mean, perItem, norm] = lossKernel({ outputs, targets, weight: share }, { a, b }) as [
      Scalar,
      Tensor1D,
      Tensor,
    ];
    norm.dispose();
    return { mean, perItem, share };
  };
}

/** (x − t)². */
export const squaredError = defineElementLoss({
  name: "SquaredError",
  value: "(x - t) * (x - t)",
  slope: "2.0 * (x - t)",
  reference: (x, t) => ({ value: (x - t) ** 2, slope: 2 * (x - t) }),
});

/** |x − t|. */
export const absoluteError = defineElementLoss({
  name: "AbsoluteError",
  value: "abs(x - t)",
  slope: "sign(x - t)",
  reference: (x, t) => ({ value: Math.abs(x - t), slope: Math.sign(x - t) }),
});

/** PyTorch's SmoothL1Loss with beta = a: d²/2a for |d| < a, else |d| − a/2. Times a it is the Huber loss: b = a; otherwise b = 1. */
export const smoothError = defineElementLoss({
  name: "SmoothError",
  lines: "let d = abs(x - t);",
  value: "u.b * select(d - 0.5 * u.a, 0.5 * d * d / u.a, d < u.a)",
  slope: "u.b * select(sign(x - t), (x - t) / u.a, d < u.a)",
  reference(x, t, a, b) {
    const d = Math.abs(x - t);
    return d < a
      ? { value: (b * 0.5 * d * d) / a, slope: (b * (x - t)) / a }
      : { value: b * (d - 0.5 * a), slope: b * Math.sign(x - t) };
  },
});

/** Negative log-likelihood of counts t whose logarithm of the rate is x, without the constant: e^x − t·x (Poisson). */
export const poissonError = defineElementLoss({
  name: "PoissonError",
  value: "exp(x) - t * x",
  slope: "exp(x) - t",
  reference: (x, t) => ({ value: Math.exp(x) - t * x, slope: Math.exp(x) - t }),
});

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const binary = (x: number, t: number): number => Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x)));

// log(1 + e) would lose a small e: its series up to e³ there.
const binaryLines = `let e = exp(-abs(x));
    let p = select(e, 1.0, x >= 0.0) / (1.0 + e);
    let bce = max(x, 0.0) - x * y + select(log(1.0 + e), e * (1.0 - e * (0.5 - e / 3.0)), e < 0.01);`;

/** Binary cross-entropy from logits, targets moved towards a half by the share a: max(x, 0) − x·t + log(1 + e^−|x|). */
export const bceWithLogits = defineElementLoss({
  name: "BceWithLogits",
  lines: `let y = t * (1.0 - u.a) + 0.5 * u.a;
    ${binaryLines}`,
  value: "bce",
  slope: "p - y",
  reference(x, t, a) {
    const y = t * (1 - a) + 0.5 * a;
    return { value: binary(x, y), slope: sigmoid(x) - y };
  },
});

/** Focal loss of yes-or-no answers (Lin et al. 2017) with gamma = a: (1 − q)^a times the cross-entropy −log q. */
export const focalWithLogits = defineElementLoss({
  name: "FocalWithLogits",
  // q: what the model gives to the truth.
  lines: `let y = t;
    ${binaryLines}
    let q = exp(-bce);
    let wrong = max(1.0 - q, 1e-7);`,
  value: "pow(wrong, u.a) * bce",
  slope: "(p - y) * (pow(wrong, u.a) + u.a * pow(wrong, u.a - 1.0) * q * bce)",
  reference(x, t, a) {
    const bce = binary(x, t);
    const q = Math.exp(-bce);
    const wrong = Math.max(1 - q, 1e-7);
    return {
      value: wrong ** a * bce,
      slope: (sigmoid(x) - t) * (wrong ** a + a * wrong ** (a - 1) * q * bce),
    };
  },
});
