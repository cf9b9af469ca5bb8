// Decodes one file in a worker: check the header, decode upright, composite on white, transform.
import { checkImage, type ImageNote } from "../../formats/imageHeader/checkImage";
import type { ImageHeader } from "../../formats/imageHeader/header";
import { readBytes } from "../sources/readBytes";
import { chainTransforms, type TransformChain } from "../transforms";
import type { Decoded, DecodeJob, Wanted } from "./decoder";
import { decodeTarget } from "./decodeTarget";
import { drawSeries } from "./drawSeries";
import { fromRgba, isBlank, toRgba, type Pixels } from "./pixels";
import { rasterPixels } from "./raster";
import { turnedSize } from "./turn";
import { decodeSamples, isSampled, maskOf, type Sampled } from "./samples";

/** What transparent pixels lie on. */
export const BACKGROUND = "#ffffff";

/** Above this many pixels the browser shrinks by a whole factor first, so that no second full copy is made. */
const LARGE = 16_000_000;

/** Pictures of which it says enough: they are often of one colour. */
const EXPLAINS_BLANK: ReadonlySet<ImageNote> = new Set(["IMG_TINY", "IMG_ASPECT", "IMG_ANIMATED"]);

export const DECODE_OPTIONS = {
  imageOrientation: "from-image",
  premultiplyAlpha: "none",
  colorSpaceConversion: "none",
} as const satisfies ImageBitmapOptions;

/** Width and height after turning by the EXIF orientation. */
export function uprightSize({ width, height, orientation }: ImageHeader): { width: number; height: number } {
  return turnedSize({ width, height }, orientation);
}

function firstShrink(head: ImageHeader, chain: TransformChain): ImageBitmapOptions {
  if (head.width * head.height <= LARGE) return {};
  const { width, height } = uprightSize(head);
  const factor = Math.trunc(Math.min(width / chain.width, height / chain.height) / 3);
  if (factor < 2) return {};
  return {
    resizeWidth: Math.round(width / factor),
    resizeHeight: Math.round(height / factor),
    resizeQuality: "medium",
  };
}

/** The pixels of a bitmap on the background; closes the bitmap. */
export function pixelsOf(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error("no 2d canvas");
  context.fillStyle = BACKGROUND;
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return fromRgba(context.getImageData(0, 0, width, height).data, width, height);
}

const LOSSY: ReadonlySet<string> = new Set(["jpeg", "webp", "avif"]);

/** The browser's pixels as the job wants them; a mask must be painted in greys. */
function asWanted(pixels: Pixels, kind: string, wanted: Wanted): Sampled {
  if (wanted === "rgb" || wanted === "bands") return { ok: true, pixels, notes: [] };
  const raster = { ...pixels, samples: pixels.data, full: 255 };
  if (wanted === "grey") return { ok: true, pixels: rasterPixels(raster, "grey", null).pixels, notes: [] };
  const mask = maskOf(raster);
  return mask.ok && LOSSY.has(kind) ? { ...mask, notes: ["IMG_MASK_LOSSY"] } : mask;
}

/** The file's picture as it is wanted, after the transforms, or why it is left out. */
export async function decodeImage(job: DecodeJob): Promise<Decoded> {
  const { file, path, transforms, target, wanted = "rgb" } = job;
  const chain = chainTransforms(transforms);
  if (!chain.ok) return { ok: false, code: chain.error.code, reason: chain.error.detail };
  if (job.series !== undefined) return drawSeries(job.series, chain.value);
  const bytes = await readBytes(file, path);
  if (!bytes.ok) return { ok: false, code: bytes.error.code, reason: bytes.error.title };
  const check = checkImage(bytes.value, path);
  if (!check.ok) return check;
  const { header } = check;
  let found: Sampled;
  if (isSampled(header, wanted)) found = await decodeSamples(bytes.value, header, job);
  else {
    try {
      const shrink = wanted === "ids" ? {} : firstShrink(header, chain.value);
      const bitmap = await createImageBitmap(new Blob([bytes.value]), { ...DECODE_OPTIONS, ...shrink });
      found = asWanted(pixelsOf(bitmap), header.kind, wanted);
    } catch {
      return { ok: false, code: "IMG_DECODE", reason: "its content is damaged" };
    }
  }
  if (!found.ok) return found;
  const pixels = chain.value.run(found.pixels);
  const notes: ImageNote[] = [...check.notes, ...found.notes];
  if (wanted !== "ids" && isBlank(pixels) && !notes.some((note) => EXPLAINS_BLANK.has(note))) notes.push("IMG_BLANK");
  const decoded = { ok: true, pixels, ...uprightSize(header), kind: header.kind } as const;
  if (target === undefined) return { ...decoded, notes };
  const picture = { size: uprightSize(header), orientation: header.orientation };
  const answer = await decodeTarget(target, picture, chain.value);
  return answer.ok ? { ...decoded, target: answer.bytes, notes: [...notes, ...answer.notes] } : answer;
}

/** A TIFF as a bitmap; null where it cannot be decoded. */
async function sampledBitmap(bytes: Uint8Array<ArrayBuffer>, head: ImageHeader): Promise<ImageBitmap | null> {
  const found = await decodeSamples(bytes, head, { wanted: "rgb" });
  if (!found.ok) return null;
  const { width, height } = found.pixels;
  return createImageBitmap(new ImageData(toRgba(found.pixels), width, height));
}

/** The upright picture with its longest side `size` (never enlarged), or null where it cannot be decoded. */
export async function decodeThumbnail(file: Blob, path: string, size: number): Promise<ImageBitmap | null> {
  const bytes = await readBytes(file, path);
  if (!bytes.ok) return null;
  const check = checkImage(bytes.value, path);
  if (!check.ok) return null;
  const { width, height } = uprightSize(check.header);
  const scale = Math.min(1, size / Math.max(width, height));
  try {
    const sampled = isSampled(check.header, "rgb") ? await sampledBitmap(bytes.value, check.header) : null;
    return await createImageBitmap(sampled ?? new Blob([bytes.value]), {
      ...DECODE_OPTIONS,
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
      resizeQuality: "high",
    });
  } catch {
    return null;
  }
}
