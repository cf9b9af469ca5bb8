// Decides from a file's bytes, before decoding, whether it is a usable picture; names the cause where it is not.
import { avifHeader, bmpHeader } from "./otherHeaders";
import { gifHeader } from "./gifHeader";
import type { HeaderResult, ImageHeader } from "./header";
import { jpegHeader } from "./jpegHeader";
import { imageKindOf, otherKindOf, type ImageKind, type OtherKind } from "./kind";
import { MATRIX_NAME, matrixFault, matrixHeader } from "./matrixHeader";
import { npyHeader } from "./npyHeader";
import { pngHeader } from "./pngHeader";
import { tiffHeader } from "./tiffHeader";
import { webpHeader } from "./webpHeader";

export type ImageRefusal =
  | "IMG_EMPTY"
  | "IMG_NOT_IMAGE"
  | "IMG_LFS_POINTER"
  | "IMG_TRUNCATED"
  | "IMG_DECODE"
  | "IMG_TOO_LARGE"
  | "IMG_HEIC"
  | "IMG_SVG"
  | "IMG_MASK_COLOURS"
  | "IMG_UNSUPPORTED";

export type ImageNote =
  | "IMG_STRETCHED"
  | "IMG_NOT_FINITE"
  | "IMG_BANDS"
  | "IMG_MASK_LOSSY"
  | "IMG_CMYK"
  | "IMG_16BIT"
  | "IMG_WRONG_EXT"
  | "IMG_ANIMATED"
  | "IMG_TINY"
  | "IMG_ASPECT"
  | "IMG_BLANK"
  | "IMG_SUSPECT";

export type ImageCheck =
  | { readonly ok: true; readonly header: ImageHeader; readonly notes: readonly ImageNote[] }
  /** `reason` ends the sentence "It was left out: …". */
  | { readonly ok: false; readonly code: ImageRefusal; readonly reason: string };

/** More pixels than this are refused before decoding: 256 MB as RGBA. */
export const MAX_PIXELS = 64_000_000;
const TINY = 4;
const EXTREME_ASPECT = 20;

const HEADERS: Readonly<Record<ImageKind, (bytes: Uint8Array) => HeaderResult>> = {
  jpeg: jpegHeader,
  png: pngHeader,
  gif: gifHeader,
  webp: webpHeader,
  bmp: bmpHeader,
  avif: avifHeader,
  tiff: tiffHeader,
  npy: npyHeader,
  matrix: matrixHeader,
};

const EXTENSIONS: Readonly<Record<ImageKind, RegExp>> = {
  jpeg: /\.(jpe?g|jfif)$/i,
  png: /\.a?png$/i,
  gif: /\.gif$/i,
  webp: /\.webp$/i,
  bmp: /\.bmp$/i,
  avif: /\.avif$/i,
  tiff: /\.tiff?$/i,
  npy: /\.npy$/i,
  matrix: MATRIX_NAME,
};

const OTHERS: Readonly<Record<OtherKind, readonly [ImageRefusal, string]>> = {
  heic: ["IMG_HEIC", "it is a HEIC photo; export it from the phone as JPEG"],
  jp2: ["IMG_UNSUPPORTED", "it is a JPEG 2000, which browsers cannot decode; save it as PNG"],
  jxl: ["IMG_UNSUPPORTED", "it is a JPEG XL, which browsers cannot decode; save it as PNG"],
  dicom: ["IMG_UNSUPPORTED", "it is a DICOM scan; export its picture as PNG"],
  psd: ["IMG_UNSUPPORTED", "it is a Photoshop file; export it as PNG"],
  svg: ["IMG_SVG", "it is an SVG drawing, which has no pixels; export it as PNG"],
  html: ["IMG_NOT_IMAGE", "it is a web page, likely saved in place of the picture"],
  lfs: ["IMG_LFS_POINTER", "it is a Git LFS pointer; run “git lfs pull” to get the picture"],
  pdf: ["IMG_NOT_IMAGE", "it is a PDF"],
  zip: ["IMG_NOT_IMAGE", "it is a zip archive"],
  text: ["IMG_NOT_IMAGE", "it is a text file"],
};

const refuse = (code: ImageRefusal, reason: string): ImageCheck => ({ ok: false, code, reason });

function notesOf(head: ImageHeader, name: string): ImageNote[] {
  const notes: ImageNote[] = [];
  if (!EXTENSIONS[head.kind].test(name)) notes.push("IMG_WRONG_EXT");
  if (head.cmyk) notes.push("IMG_CMYK");
  if (head.bitDepth === 16) notes.push("IMG_16BIT");
  if (head.suspect) notes.push("IMG_SUSPECT");
  if (head.animated) notes.push("IMG_ANIMATED");
  const [short, long] = [Math.min(head.width, head.height), Math.max(head.width, head.height)];
  if (long > EXTREME_ASPECT * short) notes.push("IMG_ASPECT");
  else if (short < TINY) notes.push("IMG_TINY");
  return notes;
}

/** The verdict on a whole file, from its bytes and its name. */
export function checkImage(bytes: Uint8Array, name: string): ImageCheck {
  if (bytes.length === 0) return refuse("IMG_EMPTY", "the file is empty");
  const named = imageKindOf(bytes);
  const matrix = named === null && MATRIX_NAME.test(name) ? matrixFault(bytes) : "no";
  if (matrix !== null && matrix !== "no") return refuse("IMG_DECODE", matrix);
  const kind = matrix === null ? "matrix" : named;
  if (kind === null) {
    const other = otherKindOf(bytes);
    if (other !== null) return refuse(...OTHERS[other]);
    if (bytes.length < 16) return refuse("IMG_DECODE", "the file is far too short to be a picture");
    return refuse("IMG_NOT_IMAGE", "its content is no picture format that browsers know");
  }
  const head = HEADERS[kind](bytes);
  if (head === "truncated") return refuse("IMG_TRUNCATED", "the file is cut off");
  if (head === "damaged") return refuse("IMG_DECODE", "its structure is damaged");
  if (head === "unsupported") return refuse("IMG_UNSUPPORTED", "it has more than 8 bits a channel in a JPEG");
  if (head.width === 0 || head.height === 0) return refuse("IMG_DECODE", "it states a size of zero");
  if (head.width * head.height > MAX_PIXELS)
    return refuse("IMG_TOO_LARGE", `it is ${head.width} × ${head.height} pixels, more than 64 million`);
  return { ok: true, header: head, notes: notesOf(head, name) };
}
