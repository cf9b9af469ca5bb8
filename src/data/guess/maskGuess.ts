// Guesses that a second picture says the class of each pixel: two folders whose names match, and a list of classes.
import type { Guess } from "../../spec/dataReport";
import type { FileIndex } from "../sources/fileIndex";
import { fileCalled, listOrRandom, nameOf, picturesByFolder, sample, stemOf } from "./paths";
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

/** A guess of segmentation, or null. */
export function maskGuess(index: FileIndex): Guess | null {
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
  const codes = fileCalled(index, CODES);
  const { split, evidence } = listOrRandom(index);
  const count = folders.find(([folder]) => folder === best.images)?.[1].length ?? 0;
  return {
    id: "masks",
    task: "segmentation",
    title: `Looks like segmentation: ${many(count, "image")} in ${best.images}, each with a mask in ${best.masks}.`,
    evidence: [
      `A picture such as ${sample(folders.find(([folder]) => folder === best.images)?.[1] ?? [], 1)[0] ?? ""} has a mask of the same name${best.extra === "" ? "" : ` with ${best.extra}`}.`,
      codes === null ? "No list of class names was found; name the classes yourself." : `${codes} names the classes.`,
      evidence,
    ],
    score: 0.97 * best.share * (codes === null ? 0.8 : 1),
    data: {
      items: { kind: "files", folder: best.images },
      labels: { kind: "mask", template: `${best.masks}/{stem}${best.extra}.png`, codes: codes ?? "" },
      split,
    },
  };
}
