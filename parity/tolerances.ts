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
  limit: 1e-3,
  why: "outputs of a deep network: both sides round every layer in float32, in different orders of summation",
};

export const lossValue: Tolerance = {
  measure: "relative",
  limit: 1e-3,
  why: "made of the outputs, and no better than they are",
};

export const gradients: Tolerance = {
  measure: "scaled",
  limit: 2e-3,
  why: "gradients round through the network twice; by length, single values ten times as much",
};

/** For a network whose own gradients go as far as `sway` when its input is nudged by a millionth. */
export const tippedGradients = (sway: number): Tolerance => ({
  measure: "scaled",
  limit: Math.max(2 * sway, gradients.limit),
  why: "rounding tips a ReLU: a millionth of the input moves our own gradients half as far (PyTorch's float64: 1.3e-2 in ResNet-50)",
});

export const unetGradients: Tolerance = {
  measure: "scaled",
  limit: 3e-2,
  why: "with a dozen values a channel at the bottom, one ReLU that rounds to the other side moves a gradient: PyTorch's own float32 and float64 differ by 2e-2 in this measure",
};

export const nothing: Tolerance = {
  measure: "absolute",
  limit: 1e-6,
  why: "a shift right before a batch norm moves nothing: only rounding keeps its gradient from 0, over the longest gradient",
};

export const statistics: Tolerance = {
  measure: "scaled",
  limit: 1e-3,
  why: "running statistics are means of activations; by length, single values ten times as much",
};

export const pixels: Tolerance = {
  measure: "absolute",
  limit: 2e-3,
  share: 0.99,
  why: "sampling places are rounded in float32 on both sides; a place at an edge may fall to its other side",
};

export const maskPixels: Tolerance = {
  measure: "absolute",
  limit: 0,
  share: 0.99,
  why: "ids are equal but where a sampling place lies halfway between two pixels",
};

export const points: Tolerance = {
  measure: "absolute",
  limit: 1e-5,
  why: "a few float32 operations on numbers near one",
};

export const normalised: Tolerance = {
  measure: "absolute",
  limit: 1e-5,
  why: "one subtraction and one division in float32",
};

export const formula: Tolerance = {
  measure: "relative",
  limit: 1e-6,
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

export const smallBatchNormLoss: Tolerance = {
  measure: "relative",
  limit: 1e-3,
  why: "two batch norms over few near-equal texts magnify rounding: one last bit of the pooled features moves the loss by 7e-5, and float64 lies 1.5e-4 from the reference",
};

export const smallBatchNormGradients: Tolerance = {
  measure: "scaled",
  limit: 1e-2,
  why: "the same magnified rounding, in gradients; by length, single values ten times as much",
};

export const swayingRun: Tolerance = {
  ...trainingRun,
  why: "the same, where a change of the pictures by 3e-7 carries our own run farther than the reference's two precisions lie apart",
};
