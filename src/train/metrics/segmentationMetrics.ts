// Metrics of masks: accuracy without a void class, and overlaps of areas.
import { add, cast, div, equal, mul, ones, reshape, slice, where, zeros } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { addForeground } from "../../kernels/confusion";
import type { MetricInfo } from "../../spec/catalog";
import type { ClassParam, ParamValue } from "../../spec/params";
import { accuracyWithout, meanOverlap } from "./confusionScores";
import { confusionMetric } from "./gathered";
import type { Metric, MetricContext } from "./metric";
import type { MetricEntryWithMake } from "./metricEntry";
import { createWeightedMean } from "./weightedMean";
import { scope } from "../../tensor/scope";

const voidParam: ClassParam = {
  kind: "class",
  id: "void",
  label: "Void class",
  help: "A class whose pixels do not count, such as Void in CamVid: nobody knows what is there.",
  default: "",
  none: "none: all pixels count",
};

/** The number of the void class, given by its name, or by its number where no class has that name; −1 for none. */
export function voidClass(
  fields: Readonly<Record<string, ParamValue>>,
  { vocab }: Pick<MetricContext, "vocab">,
): number {
  const given = String(fields["void"] ?? "");
  const at = vocab().indexOf(given);
  return at < 0 && /^\d+$/.test(given) ? Number(given) : at;
}

/** Class 0 against all others, for each picture; then the mean over the pictures (fastai's dice). */
function foreground(info: MetricInfo, iou: boolean): Metric {
  const mean = createWeightedMean();
  const overlap = (counts: Tensor): Tensor => {
    const at = (row: number, column: number) =>
      cast(reshape(slice(counts, [0, row, column], [-1, 1, 1]), [-1]), "float32");
    const [both, missed, wrong] = [at(1, 1), at(1, 0), at(0, 1)];
    const either = add(add(both, missed), wrong);
    const score = iou ? div(both, either) : div(mul(both, 2), add(add(both, both), add(missed, wrong)));
    // Nothing there and nothing seen is right.
    return where(equal(either, 0), ones(either.shape), score);
  };
  return {
    info,
    reset: mean.reset,
    dispose: mean.dispose,
    compute: mean.compute,
    update: (outputs, y, weight) =>
      void scope(info.id, () => {
        const counts = zeros([weight.size, 2, 2], "int32");
        addForeground(counts, outputs, cast(y, "int32"), weight);
        mean.add(overlap(counts), weight);
      }),
  };
}

type Words = Pick<MetricEntryWithMake, "id" | "label" | "help">;

const entry = (words: Words, rest: Pick<MetricEntryWithMake, "params" | "make" | "unit">): MetricEntryWithMake => ({
  ...words,
  ...rest,
  better: "higher",
  tasks: ["segmentation"],
});

const info = ({ id, label }: Words, unit: string): MetricInfo => ({ id, label, unit, better: "higher" });

const accCamvid: Words = {
  id: "accCamvid",
  label: "Pixel accuracy",
  help: "The share of pixels whose class is right, without those of the void class (fastai's acc_camvid).",
};
const meanIou: Words = {
  id: "meanIou",
  label: "Mean IoU",
  help: "The overlap of true and predicted area divided by both together, averaged over the classes: small classes count as much as large ones.",
};
const diceMulti: Words = {
  id: "diceMulti",
  label: "Mean Dice",
  help: "Twice the overlap divided by the sum of true and predicted area, averaged over the classes.",
};
const dice: Words = {
  id: "dice",
  label: "Dice of the foreground",
  help: "Everything but class 0 is foreground: twice the overlap divided by the sum of both areas, picture by picture.",
};
const iou: Words = {
  id: "iou",
  label: "IoU of the foreground",
  help: "Everything but class 0 is foreground: the overlap divided by both areas together, picture by picture.",
};

export const SEGMENTATION_METRICS: readonly MetricEntryWithMake[] = [
  entry(accCamvid, {
    unit: "%",
    params: [voidParam],
    make: (fields, context) =>
      confusionMetric(info(accCamvid, "%"), (matrix) => accuracyWithout(matrix, voidClass(fields, context))),
  }),
  entry(meanIou, {
    unit: "%",
    params: [voidParam],
    make: (fields, context) =>
      confusionMetric(info(meanIou, "%"), (matrix) => meanOverlap(matrix, voidClass(fields, context), "iou")),
  }),
  entry(diceMulti, {
    unit: "",
    params: [voidParam],
    make: (fields, context) =>
      confusionMetric(info(diceMulti, ""), (matrix) => meanOverlap(matrix, voidClass(fields, context), "dice")),
  }),
  entry(dice, { unit: "", params: [], make: () => foreground(info(dice, ""), false) }),
  entry(iou, { unit: "%", params: [], make: () => foreground(info(iou, "%"), true) }),
];
