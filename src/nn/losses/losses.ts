// The losses one can choose, each describing itself.
import type { LossEntry } from "../../spec/catalog";
import { weightsOf, type NumberParam, type ParamSpec, type ParamValue } from "../../spec/params";
import { crossEntropyFlat } from "./crossEntropyFlat";
import { diceFlat } from "./diceFlat";
import { bceWithLogitsFlat, focalWithLogitsFlat, huberFlat, l1Flat, mseFlat, poissonFlat, smoothL1Flat } from "./elementwise"; // prettier-ignore
import type { Loss } from "./loss";

export interface LossEntryWithMake extends LossEntry {
  /** `options` hold the fields of `params`, complete. */
  make(options: Readonly<Record<string, ParamValue>>): Loss;
}

const smoothing: NumberParam = {
  kind: "number",
  id: "smoothing",
  label: "Label smoothing",
  help: "Spreads this share of every label over all classes, so that the model does not become too sure of itself. 0.1 is usual, 0 is off.",
  default: 0,
  min: 0,
  max: 0.9,
  step: 0.01,
};

const classWeights: ParamSpec = {
  kind: "classWeights",
  id: "classWeights",
  label: "Class weights",
  help: "How many times errors on each class count. Rare classes are learned better when they count more; “by rarity” works the numbers out from the training set.",
  default: "",
};

const ignore: ParamSpec = {
  kind: "classNumber",
  id: "ignore",
  label: "Class that does not count",
  help: "A class whose pixels or items are left out of the loss, for example the void of CamVid.",
  none: "every class counts",
  default: -1,
  min: -1,
  max: 100000,
  step: 1,
  integer: true,
  advanced: true,
};

const gamma: NumberParam = {
  kind: "number",
  id: "gamma",
  label: "Gamma",
  help: "How much less an answer counts that is nearly right already. 0 is plain cross-entropy, 2 is usual.",
  default: 2,
  min: 0,
  max: 10,
  step: 0.5,
};

const width = (id: string, label: string): NumberParam => ({
  kind: "number",
  id,
  label,
  help: "Errors below this count by their square, larger ones by their size.",
  default: 1,
  min: 0.0001,
  max: 1000,
  step: 0.1,
});

type Options = Readonly<Record<string, ParamValue>>;

const classOptions = (options: Options) => {
  const weights = weightsOf(String(options["classWeights"])) ?? [];
  return { ignore: Number(options["ignore"]), ...(weights.length > 0 ? { classWeights: weights } : {}) };
};

/** Every loss, in the order of the menu; the first for a task is its default, fastai's choice. */
export const LOSSES: readonly LossEntryWithMake[] = [
  {
    id: "crossEntropy",
    label: "Cross-entropy",
    help: "How surprised the model is by the right class, on average. The usual choice for one label an item or a pixel.",
    tasks: ["singleLabel", "segmentation"],
    params: [smoothing, classWeights, ignore],
    make: (options) => crossEntropyFlat({ labelSmoothing: Number(options["smoothing"]), ...classOptions(options) }),
  },
  {
    id: "focal",
    label: "Focal loss",
    help: "Cross-entropy in which what is nearly right hardly counts, so that rare and hard classes are learned better.",
    tasks: ["singleLabel", "segmentation"],
    params: [gamma, classWeights, ignore],
    make: (options) => crossEntropyFlat({ gamma: Number(options["gamma"]), ...classOptions(options) }),
  },
  {
    id: "dice",
    label: "Dice loss",
    help: "One minus the overlap of predicted and true areas, each class counting the same however small it is. It needs some cross-entropy beside it to begin well.",
    tasks: ["segmentation"],
    params: [
      {
        kind: "number",
        id: "crossEntropy",
        label: "Cross-entropy beside it",
        help: "How much cross-entropy is added. 0 is Dice alone.",
        default: 1,
        min: 0,
        max: 10,
        step: 0.1,
      },
      {
        kind: "number",
        id: "smooth",
        label: "Smoothing",
        help: "Added above and below the fraction, so that a class that is nowhere counts as found.",
        default: 1e-6,
        min: 0,
        max: 1000,
        step: 1e-6,
        log: true,
        advanced: true,
      },
      {
        kind: "boolean",
        id: "square",
        label: "Square the probabilities",
        help: "Squares probabilities in the union of the two areas, as the V-Net paper does.",
        default: false,
        advanced: true,
      },
      ignore,
    ],
    make: (options) =>
      diceFlat({
        crossEntropy: Number(options["crossEntropy"]),
        smooth: Number(options["smooth"]),
        square: options["square"] === true,
        ignore: Number(options["ignore"]),
      }),
  },
  {
    id: "bce",
    label: "Binary cross-entropy",
    help: "A yes or no for every label, each judged by how surprised the model is by the truth. The usual choice for several labels an item.",
    tasks: ["multiLabel"],
    params: [smoothing],
    make: (options) => bceWithLogitsFlat({ labelSmoothing: Number(options["smoothing"]) }),
  },
  {
    id: "focalBce",
    label: "Focal loss",
    help: "Binary cross-entropy in which what is nearly right hardly counts: the many absent labels do not drown the few present ones.",
    tasks: ["multiLabel"],
    params: [gamma],
    make: (options) => focalWithLogitsFlat({ gamma: Number(options["gamma"]) }),
  },
  {
    id: "mse",
    label: "Mean squared error",
    help: "The mean of squared distances. Large errors count most. The usual choice for points and numbers.",
    tasks: ["points", "regression"],
    params: [],
    make: () => mseFlat(),
  },
  {
    id: "l1",
    label: "Mean absolute error",
    help: "The mean of distances: a few wild targets do less harm than under squared error.",
    tasks: ["points", "regression"],
    params: [],
    make: () => l1Flat(),
  },
  {
    id: "smoothL1",
    label: "Smooth L1",
    help: "Squared for small errors, plain for large ones: steady near the goal and patient with wild targets.",
    tasks: ["points", "regression"],
    params: [width("beta", "Beta")],
    make: (options) => smoothL1Flat({ beta: Number(options["beta"]) }),
  },
  {
    id: "huber",
    label: "Huber loss",
    help: "Smooth L1 times its own border, as PyTorch's HuberLoss.",
    tasks: ["points", "regression"],
    params: [width("delta", "Delta")],
    make: (options) => huberFlat({ delta: Number(options["delta"]) }),
  },
  {
    id: "poisson",
    label: "Poisson loss",
    help: "For counts: the model's output is the logarithm of the expected count.",
    tasks: ["regression"],
    params: [],
    make: () => poissonFlat(),
  },
];
