// The loss of a recipe as fastai has it, where it is not the one that fastai takes by itself.
import { weightsOf } from "../params";
import type { Choice, Recipe } from "../recipe";
import { countsNot } from "./masks";
import { args, number } from "./python";

/** Arguments of cross-entropy that are not the usual ones. */
function classArgs(recipe: Recipe, axis: boolean): readonly (string | false)[] {
  const { classWeights = "", ignore = -1 }: Partial<Choice> = recipe.train.loss ?? {};
  const weights = weightsOf(String(classWeights)) ?? [];
  const none = Number(ignore) >= 0 ? Number(ignore) : countsNot(recipe) ? 255 : -1;
  return [
    axis && "axis=1",
    weights.length > 0 && `weight=tensor([${weights.map(number).join(", ")}])`,
    none >= 0 && `ignore_index=${none}`,
  ];
}

/** Of PyTorch's own losses of numbers, the class and its arguments. */
function ofNumbers(recipe: Recipe): string | null {
  const { kind, ...fields } = recipe.train.loss ?? { kind: "mse" };
  const width = (id: string): string | false => typeof fields[id] === "number" && `${id}=${number(fields[id])}`;
  switch (kind) {
    case "l1":
      return "nn.L1Loss";
    case "smoothL1":
      return args("nn.SmoothL1Loss", width("beta"));
    case "huber":
      return args("nn.HuberLoss", width("delta"));
    case "poisson":
      return "nn.PoissonNLLLoss";
    default:
      return null;
  }
}

/** `loss_func=…`, or false where fastai chooses the same by itself. */
export function lossArgument(recipe: Recipe, version: 1 | 2): string | false {
  const { task } = recipe;
  const { kind = "", smoothing = 0, gamma = 2 }: Partial<Choice> = recipe.train.loss ?? {};
  const pixels = task === "segmentation";
  const own = classArgs(recipe, pixels).filter((one) => one !== false);
  const numbers = task === "points" || task === "regression" ? ofNumbers(recipe) : null;
  if (numbers !== null)
    return version === 1
      ? `loss_func=FlattenedLoss(${numbers}, axis=-1, floatify=True, is_2d=False)`
      : `loss_func=BaseLoss(${numbers}, axis=-1, floatify=True, is_2d=False)`;
  if (kind === "focal" && version === 2) return `loss_func=FocalLossFlat(${args(...own, `gamma=${number(Number(gamma))}`)})`; // prettier-ignore
  if (kind === "dice" && version === 2) return "loss_func=DiceLoss(axis=1)";
  if (task !== "singleLabel" && !pixels) return false;
  if (Number(smoothing) > 0 && !pixels)
    return version === 1
      ? `loss_func=LabelSmoothingCrossEntropy(eps=${number(Number(smoothing))})`
      : `loss_func=LabelSmoothingCrossEntropyFlat(eps=${number(Number(smoothing))})`;
  if (own.length === (pixels ? 1 : 0)) return false;
  return `loss_func=${version === 1 ? "CrossEntropyFlat" : "CrossEntropyLossFlat"}(${own.join(", ")})`;
}

/** What of the loss the line above cannot say. */
export function lossNotes({ train: { loss } }: Recipe, version: 1 | 2): string[] {
  if (loss === undefined) return [];
  const notes: string[] = [];
  if (loss["classWeights"] === "balanced")
    notes.push("# Here classes count by their rarity: give the loss weight=tensor([…]) of your training set.");
  if (loss.kind === "dice") {
    const beside = Number(loss["crossEntropy"] ?? 1);
    notes.push(version === 1 ? "# fastai v1 has no Dice loss: here it is 1 - Dice of each class, plus cross-entropy." : `# Here ${number(beside)} times cross-entropy is added to the Dice loss.`); // prettier-ignore
  }
  if ((loss.kind === "focal" || loss.kind === "focalBce") && (version === 1 || loss.kind === "focalBce"))
    notes.push(`# Here the loss is a focal loss, gamma ${String(loss["gamma"] ?? 2)}; plain cross-entropy stands below.`); // prettier-ignore
  return notes;
}
