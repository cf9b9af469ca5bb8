// Masks as Python reads them where they are not simply class numbers for every picture.
import type { LabelsOf } from "../labelsSpec";
import type { Recipe } from "../recipe";
import { below, template, text } from "./python";

/** Whether fastai's own way of opening masks will not do. */
export const hasOwnMasks = ({ data: { labels } }: Recipe): boolean =>
  labels.kind === "mask" && (labels.missing !== undefined || (labels.values?.length ?? 0) > 0);

/** 255 is what no class has, and what the loss leaves out. */
export const countsNot = ({ data: { labels } }: Recipe): boolean =>
  labels.kind === "mask" && (labels.values?.length ?? 0) > 0;

const colour = (hex: string): string =>
  `(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;

/** The lines of `read_mask` behind the opened file. */
function valueLines({ values = [] }: LabelsOf<"mask">): string[] {
  if (values.length === 0) return ["    return np.array(PIL.Image.open(file))"];
  const grey = values.flatMap(({ from, to }) => (typeof from === "number" && to >= 0 ? [`${from}: ${to}`] : []));
  const painted = values.flatMap(({ from, to }) => (typeof from === "string" && to >= 0 ? [`${colour(from)}: ${to}`] : [])); // prettier-ignore
  return [
    `    mask = PIL.Image.open(file)`,
    ...(painted.length > 0 ? ["    a = np.array(mask.convert('RGB'))"] : ["    a = np.array(mask)"]),
    "    out = np.full(a.shape[:2], 255, dtype=np.uint8)  # what has no class does not count",
    ...(grey.length > 0 && painted.length === 0
      ? [`    for value, code in {${grey.join(", ")}}.items(): out[a == value] = code`]
      : []),
    ...(painted.length > 0
      ? [`    for value, code in {${painted.join(", ")}}.items(): out[(a == value).all(-1)] = code`]
      : []),
    "    return out",
  ];
}

/** Names of the classes, where a picture's mask lies, and how it is read. */
export function maskLines(recipe: Recipe): string[] {
  const { labels } = recipe.data;
  if (labels.kind !== "mask") return [];
  const names = labels.classes?.length ? `[${labels.classes.map(text).join(", ")}]` : `np.loadtxt(${below(labels.codes)}, dtype=str)`; // prettier-ignore
  const lines = [`codes = ${names}`, `get_mask = lambda x: ${template(labels.template, labels.strip)}`];
  if (!hasOwnMasks(recipe)) return lines;
  const { missing } = labels;
  const blank = missing === undefined ? [] : [
    `    if not file.exists():  # all of it is ${missing.replaceAll("\n", " ")}`,
    `        return np.full(PIL.Image.open(x).size[::-1], list(codes).index(${text(missing)}), dtype=np.uint8)`,
  ]; // prettier-ignore
  return [...lines, "", "def read_mask(x):", "    file = get_mask(x)", ...blank, ...valueLines(labels), ""];
}

/** The classes of items and labels that open such masks in fastai v1. */
export function maskLists(recipe: Recipe): string[] {
  if (!hasOwnMasks(recipe)) return [];
  return [
    "class Masks(SegmentationLabelList):",
    "    def open(self, fn): return ImageSegment(pil2tensor(read_mask(fn), np.float32))",
    "class Pictures(SegmentationItemList): _label_cls = Masks",
    "",
  ];
}
