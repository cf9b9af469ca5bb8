// How the pictures were prepared that a weight file has seen: from its notes, or from whose names its layers bear.
import type { WeightsPreprocessing } from "../../spec/run";
import { parseStrictJson } from "../strictJson";

/** Our own files say it in JSON (`export/weightsFile.ts`). */
function fromOurs(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    const notes = parseStrictJson(text);
    const normalize = notes instanceof Map ? notes.get("normalize") : null;
    return typeof normalize === "string" && normalize.length <= 64 ? normalize : null;
  } catch {
    return null;
  }
}

/** Notes in plain words, as converters write them; each word is a family of networks. */
const WORDS: readonly { readonly pattern: RegExp; readonly normalize: string; readonly bgr: boolean }[] = [
  { pattern: /103\.9\d*.*116\.7\d*.*123\.6\d*/, normalize: "caffe", bgr: true },
  { pattern: /123\.6\d*.*116\.7\d*.*103\.9\d*/, normalize: "caffe", bgr: false },
  { pattern: /127\.5/, normalize: "half", bgr: false },
  { pattern: /\.485.*\.456.*\.406/, normalize: "imagenet", bgr: false },
  { pattern: /RGB\s*\/\s*255/i, normalize: "none", bgr: false },
];

/** Layers named as torchvision's (and timm's), whose weights all come from ImageNet with the same statistics. */
const torchvision = (names: readonly string[]): boolean =>
  names.some((name) => /(^|\.)(conv1|conv_stem|features\.0(\.0)?)\.weight$/.test(name)) &&
  names.some((name) => /(^|\.)(layer1\.0|features\.\d+|blocks\.0)\./.test(name));

/** What a file says, or its names suggest, about the normalisation; null where nothing is known. */
export function preprocessingOf(
  metadata: ReadonlyMap<string, string>,
  names: readonly string[],
): WeightsPreprocessing | null {
  const own = fromOurs(metadata.get("preprocessing"));
  if (own !== null) return { normalize: own, bgr: false, source: "stated" };
  const note = metadata.get("preprocess") ?? "";
  const found = WORDS.find(({ pattern }) => pattern.test(note));
  if (found) return { normalize: found.normalize, bgr: found.bgr || /BGR/.test(note), source: "stated" };
  return torchvision(names) ? { normalize: "imagenet", bgr: false, source: "assumed" } : null;
}
