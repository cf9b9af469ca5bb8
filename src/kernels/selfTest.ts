// The start-up self-test: small runs of what training rests on, on this GPU against the CPU reference.
import { conv2d, engine, getBackend, grads, matMul, mul, sum, tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import type { Problem } from "../base/problem";
import { createRng } from "../base/rng";
import { compareBackends } from "../tensor/compareBackends";
import { tensorOf } from "../tensor/writeTensor";
import { adamRow, adamStep } from "./adam";
import { augmentImages, uploadImages } from "./augmentImages";
import { batchNorm } from "./batchNorm";
import { createOptimizerState } from "./optimizerState";
import { softmaxCrossEntropy } from "./softmaxCrossEntropy";

/** Largest relative difference that passes. */
export const selfTestTolerance = 1e-4;

export interface SelfTestOutcome {
  readonly name: string;
  /** Largest difference from the CPU reference, relative to the reference's largest magnitude. */
  readonly maxError: number;
  readonly ok: boolean;
}

function randn(name: string, shape: number[]): Tensor {
  const rng = createRng("self-test", name);
  const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => rng.normal());
  return tensor(values, shape, "float32");
}

type Results = Readonly<Record<string, Tensor>>;

function gradientsOf(f: (...xs: Tensor[]) => Tensor, xs: Tensor[]): Results {
  const r = randn("r", f(...xs).shape);
  const gradients = grads((...inputs: Tensor[]) => sum(mul(f(...inputs), r)))(xs);
  return Object.fromEntries(gradients.map((g, i) => [`d${i}`, g]));
}

const convolve = (x: Tensor, w: Tensor): Tensor => conv2d(x as Tensor4D, w as Tensor4D, 2, 1);
const image = (): Tensor => randn("x", [2, 11, 13, 5]);
const filter = (): Tensor => randn("w", [3, 3, 5, 12]);

function normalise(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [runningMean, runningVar] = [randn("rm", [12]), randn("rv", [12])];
  return batchNorm(x, { weight, bias, runningMean, runningVar, training: true, relu: true });
}

function optimize(): Results {
  const parameters = [randn("p", [7, 30]), randn("q", [65])];
  const state = createOptimizerState(parameters, { moments: 2 });
  const group = { lr: 0.1, wd: 0.1, beta1: 0.9, beta2: 0.99, eps: 1e-8, step: 1 };
  adamStep(state, [randn("g", [7, 30]), randn("h", [65])], [adamRow(group)], [0, 0]);
  const results = { p: mul(parameters[0] as Tensor, 1), q: mul(parameters[1] as Tensor, 1) };
  state.dispose();
  return results;
}

function augment(): Results {
  const rng = createRng("self-test", "bytes");
  const images = uploadImages(
    Uint8Array.from({ length: 2 * 9 * 10 * 3 }, () => rng.below(256)),
    [2, 9, 10],
  );
  const maps = [
    { toSource: [0.9, -0.2, 0.1, 0.2, 0.9, 0, 0, 0, 1], scale: 1.2, shift: 0.3 },
    { toSource: [-1, 0, 0.3, 0, 1.2, 0, 0, 0, 1] },
  ] as const;
  const y = augmentImages(images, { size: [8, 8], mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25], maps });
  return { y };
}

/** What is tested; the names are shown to the user. */
const cases: Readonly<Record<string, () => Results>> = {
  "matrix product": () => ({ y: matMul(randn("a", [33, 70]) as Tensor2D, randn("b", [70, 40]) as Tensor2D) }),
  convolution: () => ({ y: convolve(image(), filter()) }),
  "convolution gradient": () => gradientsOf(convolve, [image(), filter()]),
  "batch normalisation": () => gradientsOf(normalise, [randn("x", [2, 9, 7, 12]), randn("w", [12]), randn("b", [12])]),
  "softmax cross-entropy": () => {
    const labels = tensorOf(
      Int32Array.from({ length: 50 }, (_, i) => i % 9),
      [50],
      "int32",
    );
    return gradientsOf((x) => softmaxCrossEntropy(x as Tensor2D, labels).mean, [randn("x", [50, 9])]);
  },
  AdamW: optimize,
  augmentation: augment,
};

function failure(failed: readonly SelfTestOutcome[]): Problem {
  return {
    code: "GPU_WRONG",
    severity: "error",
    title: "This GPU computes wrong results.",
    detail:
      "A short check against the processor came out differently, so training on it would not work. " +
      "A driver or browser update often mends it.",
    items: failed.map(({ name }) => name),
    total: failed.length,
    mend: [{ label: "Try again", action: { do: "restartEngine" } }],
    debug: failed.map(({ name, maxError }) => `${name}: ${maxError}`).join("\n"),
  };
}

/** Runs every case on WebGPU and on the CPU; a failure is told as a Problem. On the cpu backend there is nothing to test. */
export async function runSelfTest(onProblem: (problem: Problem) => void): Promise<SelfTestOutcome[]> {
  if (getBackend() !== "webgpu") return [];
  const outcomes: SelfTestOutcome[] = [];
  for (const [name, compute] of Object.entries(cases)) {
    // Each is allowed to fail by itself: one broken kernel must not hide the others.
    const errors = await compareBackends(() => engine().tidy(compute)).catch(() => ({ crashed: Infinity }));
    const maxError = Math.max(...Object.values(errors));
    outcomes.push({ name, maxError, ok: maxError <= selfTestTolerance });
  }
  const failed = outcomes.filter(({ ok }) => !ok);
  if (failed.length > 0) onProblem(failure(failed));
  return outcomes;
}
