// How far ours may be from the reference, each with its reason.

export interface Tolerance {
  /**
   * "exact": how many values differ. "absolute": |a − e|. "relative": |a − e| / |e|, value by value. "largest": |a − e|
   * over the largest |e|. "scaled": |a − e| over a scale that comes with each value.
   */
  readonly measure: "exact" | "absolute" | "relative" | "largest" | "scaled";
  readonly limit: number;
  /** Part of the values that must keep the limit; all unless told. */
  readonly share?: number;
  readonly why: string;
}

/** Names, shapes, orders, whole numbers. */
export const exact: Tolerance = { measure: "exact", limit: 0, why: "names, shapes and orders are equal or wrong" };

export const outputs: Tolerance = {
  measure: "largest",
  limit: 1e-5,
  why: "float32 rounds every layer, in different orders of summation: 2e-6 measured over all networks",
};

/** Of a U-Net filled so that its singular vectors are not those of its weights. */
export const spectralOutputs: Tolerance = {
  measure: "largest",
  limit: 1e-3,
  why: "weights over u·W·v, a sum that nearly cancels where u and v belong to other weights: a millionth of it is a thousandth of the weight",
};

/** Of a network whose batch norms take their statistics from few values. */
export const trainOutputs: Tolerance = {
  measure: "largest",
  limit: 1e-3,
  why: "batch norms over a handful of values magnify rounding, layer by layer: 7e-5 in ResNet-50, 4e-4 in ResNet-101",
};

export const lossValue: Tolerance = {
  measure: "relative",
  limit: 1e-5,
  why: "a mean over many outputs: 1.4e-6 measured",
};

export const trainLoss: Tolerance = {
  measure: "relative",
  limit: 4e-4,
  why: "made of a few outputs of deep batch norms, and no better than they are: 1.2e-4 in ResNet-101",
};

export const gradients: Tolerance = {
  measure: "scaled",
  limit: 2e-3,
  why: "gradients round through the network twice; by length, single values ten times as much",
};

/** Times its own movement under a nudge that a gradient may lie from the reference; six tries of PyTorch against itself stay within. */
export const SWAY = 5;

export const tippedGradients: Tolerance = {
  measure: "scaled",
  limit: gradients.limit,
  why: "rounding tips a ReLU: each parameter may be off by five times what a millionth of the input moves it, the others by the usual (PyTorch, so nudged: 7e-2 in a U-Net, 2e-2 in ResNet-50)",
};

export const nothing: Tolerance = {
  measure: "absolute",
  limit: 1e-6,
  why: "a shift right before a batch norm moves nothing: only rounding keeps its gradient from 0, over the longest gradient",
};

export const statistics: Tolerance = {
  measure: "scaled",
  limit: 2e-4,
  why: "running statistics are means of activations; by length, single values ten times as much; 5e-5 in ResNet-101",
};

export const pixels: Tolerance = {
  measure: "absolute",
  limit: 1e-4,
  share: 0.99,
  why: "sampling places are rounded in float32 on both sides; a place at an edge may fall to its other side",
};

export const maskPixels: Tolerance = {
  measure: "absolute",
  limit: 0,
  why: "ids are equal; where a sampling place lies halfway between two pixels, either of them is right",
};

export const points: Tolerance = {
  measure: "absolute",
  limit: 2e-6,
  why: "a few float32 operations on numbers near one: 5e-7 measured",
};

export const normalised: Tolerance = {
  measure: "absolute",
  limit: 2e-6,
  why: "one subtraction and one division in float32, results up to 3",
};

export const formula: Tolerance = {
  measure: "relative",
  limit: 1e-9,
  why: "one formula in double precision on both sides",
};

export const metricValue: Tolerance = {
  measure: "relative",
  limit: 2e-5,
  why: "sums of a few hundred float32 numbers in different orders; differences of them lose a digit",
};

export const trainingRun: Tolerance = {
  measure: "scaled",
  limit: 1,
  why: "ten times the reference's own distance of float32 from float64, plus 1e-4: how far rounding alone carries a run",
};

export const recurrentOutputs: Tolerance = {
  measure: "largest",
  limit: 1e-4,
  why: "three LSTMs of a few units: sigmoid and tanh of a GPU are good to 1e-5, and gates only damp what goes in",
};

export const recurrentGradients: Tolerance = {
  measure: "scaled",
  limit: 2e-4,
  why: "the way back through the same gates; by length, single values ten times as much",
};

export const smallBatchNormLoss: Tolerance = {
  measure: "relative",
  limit: 5e-4,
  why: "two batch norms over few near-equal texts magnify rounding: one last bit of the pooled features moves the loss by 7e-5, and float64 lies 1.5e-4 from the reference",
};

export const smallBatchNormGradients: Tolerance = {
  measure: "scaled",
  limit: 4e-3,
  why: "the same magnified rounding, in gradients: 1.3e-3 measured; by length, single values ten times as much",
};

export const swayingRun: Tolerance = {
  ...trainingRun,
  why: "the same, where a change of the pictures by 3e-7 carries our own run farther than the reference's two precisions lie apart",
};
