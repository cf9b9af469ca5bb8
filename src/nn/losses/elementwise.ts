// Losses that compare outputs and targets number by number, whatever their shape (fastai's flattened losses).
import { exp, reshape, sigmoid } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import {
  absoluteError,
  bceWithLogits,
  focalWithLogits,
  poissonError,
  smoothError,
  squaredError,
} from "../../kernels/elementLoss";
import type { ElementLoss } from "../../kernels/elementLoss";
import type { Loss } from "./loss";

const same = (outputs: Tensor): Tensor => reshape(outputs, outputs.shape);
const activations = { none: same, sigmoid, exp } as const;

function flat(
  id: string,
  kernel: ElementLoss,
  activationName: keyof typeof activations,
  numbers: { readonly a?: number; readonly b?: number } = {},
): Loss {
  return {
    id,
    activationName,
    compute: (outputs, { y, weight }) => kernel(outputs, y, { ...numbers, weight }),
    activation: activations[activationName],
  };
}

/** Mean over items and classes of −y log σ(x) − (1 − y) log(1 − σ(x)); smoothing moves y towards a half. */
export const bceWithLogitsFlat = ({ labelSmoothing = 0 } = {}): Loss =>
  flat("bce", bceWithLogits, "sigmoid", { a: labelSmoothing });

/** Binary cross-entropy in which what is nearly right counts (1 − q)^gamma times. */
export const focalWithLogitsFlat = ({ gamma = 2 } = {}): Loss =>
  flat("focalBce", focalWithLogits, "sigmoid", { a: gamma });

/** Mean of (x − y)². */
export const mseFlat = (): Loss => flat("mse", squaredError, "none");

/** Mean of |x − y|. */
export const l1Flat = (): Loss => flat("l1", absoluteError, "none");

/** PyTorch's SmoothL1Loss: (x − y)²/2β up to β, |x − y| − β/2 beyond. */
export const smoothL1Flat = ({ beta = 1 } = {}): Loss => flat("smoothL1", smoothError, "none", { a: beta, b: 1 });

/** PyTorch's HuberLoss: δ times the smooth L1 loss. */
export const huberFlat = ({ delta = 1 } = {}): Loss => flat("huber", smoothError, "none", { a: delta, b: delta });

/** PyTorch's PoissonNLLLoss: outputs are logarithms of rates, targets are counts. */
export const poissonFlat = (): Loss => flat("poisson", poissonError, "exp");
