// Decodes one file in a worker: check the header, decode upright, composite on white, transform.
import { checkImage, type ImageNote } from "../../formats/imageHeader/checkImage";
import type { ImageHeader } from "../../formats/imageHeader/header";
import { readBytes } from "../sources/readBytes";
import { chainTransforms, type TransformChain } from "../transforms";
import type { Decoded, DecodeJob } from "./decoder";
import { fromRgba, isBlank, type Pixels } from "./pixels";

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
  return orientation >= 5 ? { width: height, height: width } : { width, height };
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

/** The file's picture after the transforms, or why it is left out. */
export async function decodeImage({ file, path, transforms }: DecodeJob): Promise<Decoded> {
  const chain = chainTransforms(transforms);
  if (!chain.ok) return { ok: false, code: chain.error.code, reason: chain.error.detail };
  const bytes = await readBytes(file, path);
  if (!bytes.ok) return { ok: false, code: bytes.error.code, reason: bytes.error.title };
  const check = checkImage(bytes.value, path);
  if (!check.ok) return check;
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes.value]), {
      ...DECODE_OPTIONS,
      ...firstShrink(check.header, chain.value),
    });
  } catch {
    return { ok: false, code: "IMG_DECODE", reason: "its content is damaged" };
  }
  const pixels = chain.value.run(pixelsOf(bitmap));
  const notes: ImageNote[] = [...check.notes];
  if (isBlank(pixels) && !notes.some((note) => EXPLAINS_BLANK.has(note))) notes.push("IMG_BLANK");
  return { ok: true, pixels, ...uprightSize(check.header), kind: check.header.kind, notes };
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
    return await createImageBitmap(new Blob([bytes.value]), {
      ...DECODE_OPTIONS,
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeHeight: Math.max(1, Math.round(height * scale)),
      resizeQuality: "high",
    });
  } catch {
    return null;
  }
}
