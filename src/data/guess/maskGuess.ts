// Guesses that a second picture says the class of each pixel: two folders whose names match, and a list of classes.
import type { Guess } from "../../spec/dataReport";
import { pictureSize } from "../pictureSize";
import type { FileIndex } from "../sources/fileIndex";
import { findColours, type ColourList } from "../targets/colourList";
import { maskValues } from "../targets/maskValues";
import { numberedClasses, type NumberedClasses } from "../targets/numberedClasses";
import { peekMasks } from "../targets/peekMasks";
import { findFile, linesOf, readText } from "../sources/readText";
import { fileCalled, listOrRandom, nameOf, nearly, picturesByFolder, sample, stemOf } from "./paths";
import { many } from "./words";

const CODES = /^(codes|classes|class_names|labels|label_names)\.txt$/i;
const MASK_FOLDER = /label|mask|annot|segm|^gt$|ground/i;
const SAMPLED = 40;

interface Pair {
  readonly images: string;
  readonly masks: string;
  /** What a mask is called more than its picture. */
  readonly extra: string;
  readonly share: number;
}

/** How well one folder holds the masks of another. */
function pairOf(images: string, pictures: readonly string[], masks: string, files: readonly string[]): Pair | null {
  const byStem = new Map(files.map((path) => [stemOf(path), path]));
  const extras = new Map<string, number>();
  const some = sample(pictures, SAMPLED);
  for (const path of some)
    for (const extra of ["", "_P", "_mask", "_label", "_L", "_gt", "_seg", "_labelIds"])
      if (byStem.has(stemOf(path) + extra)) extras.set(extra, (extras.get(extra) ?? 0) + 1);
  const [best] = [...extras].sort((a, b) => b[1] - a[1]);
  if (best === undefined || (best[0] === "" && !MASK_FOLDER.test(nameOf(masks)))) return null;
  return { images, masks, extra: best[0], share: best[1] / some.length };
}

/** Names of classes whose pixels nobody could label. */
const VOID = /^(void|unlabell?ed|not[ _]labell?ed|ignored?|unknown)$/i;

/** The class in the list of names that stands for no knowledge. */
async function voidClassOf(index: FileIndex, codes: string | null): Promise<string | undefined> {
  const text = codes === null ? null : await readText(index, findFile(index, codes));
  return text?.ok ? linesOf(text.value).find((name) => VOID.test(name)) : undefined;
}

const MEASURED = 8;
const LONGEST = 128;
const STEP = 8;

/**
 * Half the size of the pictures, as the lesson begins, but at most 128 pixels long. Whole pictures, so that every pixel gets
 * a class; in their proportions where they share them.
 */
async function resizeFor(index: FileIndex, paths: readonly string[]): Promise<Pick<Guess["data"], "transforms">> {
  const sizes = await Promise.all(
    sample(paths, MEASURED).map(async (path) => {
      const file = await index.read(index.find(path));
      return file.ok ? pictureSize(file.value, path) : null;
    }),
  );
  const known = sizes.filter((size) => size !== null);
  const ratios = known.map(({ width, height }) => width / height);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  if (known.length === 0) return {};
  const half = Math.max(...known.map(({ width, height }) => Math.max(width, height))) / 2;
  const longest = Math.max(2 * STEP, STEP * Math.round(Math.min(LONGEST, half) / STEP));
  const ratio = most > 1.05 * least ? 1 : (least + most) / 2;
  const side = (share: number): number => Math.max(STEP, STEP * Math.round((longest * Math.min(1, share)) / STEP));
  const [size, width] = [side(1 / ratio), side(ratio)];
  return { transforms: [{ kind: "resize", size, ...(width === size ? {} : { width }), method: "squish" }] };
}

const PEEKED = 3;
/** A photograph holds more values than this, and a mask fewer. */
const MANY_VALUES = 64;

/** Classes by the values in the masks, where no list names them; null where these pictures do not look like masks. */
async function classesOf(index: FileIndex, masks: readonly string[]): Promise<NumberedClasses | null> {
  const files = Int32Array.from(masks, (path) => index.find(path));
  for (const file of sample([...files], PEEKED)) {
    const values = await peekMasks(index, Int32Array.of(file), maskValues(0, undefined));
    if (values.length === 0 || values.length >= MANY_VALUES) return null;
  }
  return numberedClasses(index, files);
}

/** The list of colours, where the masks are painted in some of them. */
async function paintedIn(index: FileIndex, masks: readonly string[]): Promise<ColourList | null> {
  const list = await findColours(index);
  if (list === null) return null;
  const files = Int32Array.from(sample(masks, PEEKED), (path) => index.find(path));
  const found = await peekMasks(index, files, maskValues(0, undefined));
  return found.some(({ value }) => list.values.some(({ from }) => from === value)) ? list : null;
}

/** A guess of segmentation, or null. */
export async function maskGuess(index: FileIndex): Promise<Guess | null> {
  const folders = [...picturesByFolder(index)].filter(([, paths]) => paths.length > 1);
  if (folders.length > 64) return null;
  const pairs = folders.flatMap(([masks, files]) =>
    files.every((path) => /\.(png|tiff?)$/i.test(path))
      ? folders.flatMap(([images, pictures]) =>
          images === masks ? [] : (pairOf(images, pictures, masks, files) ?? []),
        )
      : [],
  );
  const [best] = pairs.sort((a, b) => b.share - a.share);
  if (best === undefined || best.share < 0.5) return null;
  const masks = folders.find(([folder]) => folder === best.masks)?.[1] ?? [];
  const painted = await paintedIn(index, masks);
  const codes = painted === null ? fileCalled(index, CODES) : null;
  const { split, evidence } = listOrRandom(index);
  const pictures = folders.find(([folder]) => folder === best.images)?.[1] ?? [];
  const voidClass = painted?.classes.find((name) => VOID.test(name)) ?? (await voidClassOf(index, codes));
  const byColour = painted && { classes: painted.classes, values: painted.values };
  const numbered: NumberedClasses | null = byColour ?? (codes === null ? await classesOf(index, masks) : null);
  const unnamed = numbered
    ? `No list of class names was found: the ${numbered.classes.length} classes go by the values in the masks until you name them.`
    : "No list of class names was found; name the classes yourself.";
  const named = painted ? `${painted.file} says which colour stands for which class.` : codes === null ? unnamed : `${codes} names the classes.`; // prettier-ignore
  return {
    id: "masks",
    task: "segmentation",
    title: `Looks like segmentation: ${many(pictures.length, "image")} in ${best.images}, ${best.share < 1 ? "most" : "each"} with a mask in ${best.masks}.`,
    evidence: [
      `A picture such as ${sample(pictures, 1)[0] ?? ""} has a mask of the same name${best.extra === "" ? "" : ` with ${best.extra}`}.`,
      named,
      ...(voidClass === undefined ? [] : [`Pixels of ${voidClass} do not count in the scores.`]),
      evidence,
    ],
    score: codes === null && numbered === null ? 0.8 * best.share : nearly(0.97, best.share),
    data: {
      items: { kind: "files", folder: best.images },
      labels: { kind: "mask", template: `${best.masks}/{stem}${best.extra}.png`, codes: codes ?? "", ...numbered },
      split,
      ...(await resizeFor(index, pictures)),
      // The lesson's, where there are enough.
      batchSize: [8, 4, 2].find((size) => 2 * size <= pictures.length) ?? 1,
    },
    ...(voidClass !== undefined && { voidClass }),
  };
}
