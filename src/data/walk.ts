// One item through every stage of the block, with the real value at each (fastai's `summary()`).
import type { WalkStep } from "../spec/dataReport";
import { createStatsMeter, type Stats } from "./normalize";
import { NO_CLASS } from "../spec/packedMask";
import { augmentNames } from "./augment";
import type { BlockPlan } from "./blockPlan";
import { augmented, bitmapOf, recordOf, thumbnail, type PreviewContext } from "./preview";
import { previewTargets } from "./previewTargets";
import { TRAIN } from "./splitters/splitter";
import { transformNames } from "./transforms";

const WALK_SIZE = 160;
const SHOWN_TEXT = 240;
const SPLIT_NAMES = ["training set", "validation set", "left out"] as const;

const round = (value: number): string => String(Number(value.toPrecision(5)));
const range = (values: ArrayLike<number>): string => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i += 1) {
    low = Math.min(low, values[i] as number);
    high = Math.max(high, values[i] as number);
  }
  return `${round(low)} to ${round(high)}`;
};

/** The item's answer as it was read. */
export function answerOf({ labels, targets, vocab }: BlockPlan, item: number, path: (file: number) => string): string {
  switch (targets.kind) {
    case "labels":
      return (labels[item] ?? []).map((label) => `${label} (number ${vocab.indexOf(label)})`).join(", ") || "none";
    case "masks":
      return targets.files[item] === -1
        ? `no mask: all ${vocab.names[targets.odd.blank ?? 0]}`
        : path(targets.files[item] ?? -1);
    case "points":
    case "values": {
      const own = targets.of[item] ?? new Float32Array();
      const shown = Array.from(own.subarray(0, 6), round).join(", ");
      const more = own.length > 6 ? ` … ${own.length} numbers` : "";
      return targets.kind === "points"
        ? `(y, x) in pixels: ${shown}${more}`
        : `${vocab.names.join(", ")}: ${shown}${more}`;
    }
  }
}

/** Which classes a mask holds, the most frequent ones first. */
function classesOf(ids: Uint8Array, names: readonly string[]): string {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const share = (count: number): string => `${Math.round((100 * count) / ids.length)} %`;
  const sorted = [...counts].sort((a, b) => b[1] - a[1]);
  const words = sorted.map(([id, count]) => `${id === NO_CLASS ? "nothing" : (names[id] ?? id)} ${share(count)}`);
  return `${words.slice(0, 4).join(", ")}${words.length > 4 ? ` … ${words.length} classes` : ""}`;
}

/** What the target is after the transforms: the numbers that are kept. */
function keptTarget({ targets, vocab }: BlockPlan, bytes: Uint8Array<ArrayBuffer>): string | null {
  if (targets.kind === "masks") return classesOf(bytes, vocab.names);
  if (targets.kind !== "points") return null;
  const values = new Float32Array(bytes.slice().buffer).subarray(0, 2 * vocab.names.length);
  return `(y, x) from −1 to 1: ${Array.from(values.subarray(0, 6), round).join(", ")}${values.length > 6 ? " …" : ""}`;
}

/** Every stage up to the one that fails. */
export async function walk(context: PreviewContext, item: number, stats: Stats | null): Promise<WalkStep[]> {
  const { recipe, plan, dataset, augment, index } = context;
  const steps: WalkStep[] = [{ slot: "source", title: "File", value: dataset.path(item) }];
  const labelled = (): void => {
    const value = answerOf(plan, item, (file) => index.paths[file] ?? "none");
    steps.push({ slot: "labels", title: plan.targets.kind === "masks" ? "Mask" : "Label", value });
    steps.push({ slot: "split", title: "Set", value: SPLIT_NAMES[plan.split[item] ?? 2] ?? "" });
  };
  if (plan.texts !== null) {
    const text = await plan.texts(item);
    const value = text.ok ? `${text.value.length} letters: ${text.value.slice(0, SHOWN_TEXT)}` : text.error.title;
    steps.push({ slot: "items", title: "Text", value });
    labelled();
    return steps;
  }
  const series = plan.series?.[item];
  const picture = series === undefined ? await thumbnail(context, item, WALK_SIZE) : null;
  const decoded = await dataset.decode(item);
  const record = decoded.ok ? dataset.record(decoded) : await recordOf(dataset, item);
  const found = decoded.ok
    ? `${decoded.kind.toUpperCase()}, ${decoded.width} × ${decoded.height} pixels`
    : record === null
      ? `left out: ${decoded.reason}`
      : "kept pixels; the file is not at hand";
  const numbers = series && `${series.length} numbers, ${range(series)}`;
  steps.push({ slot: "items", title: series ? "Series" : "Picture", value: numbers ?? found, ...(picture && { image: picture }), ...(series && { series: series.slice() }) }); // prettier-ignore
  labelled();
  if (record === null) return steps;
  const pixels = record.slice(0, dataset.bytes);
  const [height, width, channels] = dataset.shape;
  const kept = keptTarget(plan, record.slice(dataset.bytes));
  const [plain] = await previewTargets(plan, dataset, [record], [augment.evaluate(dataset.shape)]);
  steps.push({
    slot: "transforms",
    title: transformNames(recipe.data.transforms).join(", "),
    value: `${height} × ${width} × ${channels} bytes, ${range(pixels)}${kept === null ? "" : `; ${kept}`}`,
    image: await bitmapOf({ width, height, channels, data: pixels }),
    ...(plain === undefined ? {} : { target: plain }),
  });
  const training = plan.split[item] === TRAIN;
  const draw = training ? augment.draw(0, item, dataset.shape) : augment.evaluate(dataset.shape);
  const [batch] = await augmented([pixels], [draw], dataset.shape);
  const [moved] = await previewTargets(plan, dataset, [record], [draw]);
  const augments = training ? augmentNames(recipe.data.augment) : [];
  if (batch === undefined) return steps;
  const meter = createStatsMeter();
  meter.add(batch.data);
  const own = meter.stats();
  const normal = own && stats ? own.mean.map((mean, c) => round((mean - (stats.mean[c] ?? 0)) / (stats.std[c] || 1))) : null; // prettier-ignore
  steps.push({
    slot: "batch",
    title: [...augments, "normalise"].join(", "),
    value: `${recipe.data.batchSize} × ${batch.height} × ${batch.width} × ${batch.channels} floats${normal ? `; this one's mean a channel: ${normal.join(", ")}` : ""} (${recipe.data.normalize})`,
    image: await bitmapOf(batch),
    ...(moved === undefined ? {} : { target: moved }),
  });
  return steps;
}
