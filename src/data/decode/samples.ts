// Pictures decoded from their stored samples and not by the browser: TIFF always, PNG where every value counts.
import { CutOff, Damaged } from "../../formats/bytes/byteReader";
import { MAX_PIXELS, type ImageNote } from "../../formats/imageHeader/checkImage";
import { pictureShape } from "../../formats/imageHeader/npyHeader";
import type { ImageHeader } from "../../formats/imageHeader/header";
import { readMatrix } from "../../formats/matrix/readMatrix";
import { readNpy } from "../../formats/npy/npy";
import { decodePng } from "../../formats/png/decodePng";
import { readTiff } from "../../formats/tiff/readTiff";
import type { DecodeJob, Wanted } from "./decoder";
import type { Pixels } from "./pixels";
import { hasOdd, pngRaster, rasterIds, rasterPixels, type Raster } from "./raster";

export type Sampled =
  | { readonly ok: true; readonly pixels: Pixels; readonly notes: readonly ImageNote[] }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/** Whether the picture is read sample by sample: the browser knows no TIFF, no array and no matrix, gives 8 bits, and colours for palettes. */
export function isSampled({ kind }: ImageHeader, wanted: Wanted): boolean {
  return (
    kind === "tiff" ||
    kind === "npy" ||
    kind === "matrix" ||
    (kind === "png" && (wanted === "ids" || wanted === "bands"))
  );
}

async function read(bytes: Uint8Array<ArrayBuffer>, kind: string, wanted: Wanted): Promise<Raster | "tooLarge"> {
  if (kind === "tiff") return readTiff(bytes, MAX_PIXELS);
  if (kind === "npy") return npyRaster(bytes);
  if (kind === "matrix") return matrixRaster(bytes);
  const png = decodePng(bytes);
  // An index into a palette is what a mask means, whatever colour it is shown in.
  return wanted === "ids" && png.channels === 1 ? { ...png, full: null } : pngRaster(png);
}

/** An array as a picture; channels in front go to the end. */
function npyRaster(bytes: Uint8Array<ArrayBuffer>): Raster {
  const array = readNpy(bytes);
  if (!array.ok) throw new Damaged(array.error.title);
  const { data, dtype, shape } = array.value;
  const picture = pictureShape(shape);
  if (picture === null) throw new Damaged("its shape is no picture");
  const { width, height, channels, first } = picture;
  const samples = new Float32Array(data.length);
  const area = width * height;
  for (let i = 0; i < data.length; i += 1)
    samples[first ? (i % area) * channels + Math.floor(i / area) : i] = Number(data[i]);
  const full = new Map([["U8", 255], ["U16", 65_535], ["BOOL", 1]]).get(dtype) ?? null; // prettier-ignore
  return { width, height, channels, samples, full };
}

/** A text of numbers as a picture of one channel. */
function matrixRaster(bytes: Uint8Array<ArrayBuffer>): Raster {
  const matrix = readMatrix(new TextDecoder().decode(bytes));
  if (typeof matrix === "string") throw new Damaged(matrix);
  return { ...matrix, channels: 1, full: null };
}

const refuse = (code: string, reason: string): Sampled => ({ ok: false, code, reason });

/** The picture as the job wants it, from its samples. */
export async function decodeSamples(
  bytes: Uint8Array<ArrayBuffer>,
  head: ImageHeader,
  { wanted = "rgb", range }: Pick<DecodeJob, "wanted" | "range">,
): Promise<Sampled> {
  let raster: Raster | "tooLarge";
  try {
    raster = await read(bytes, head.kind, wanted);
  } catch (thrown) {
    if (thrown instanceof CutOff) return refuse("IMG_TRUNCATED", "the file is cut off");
    if (thrown instanceof Damaged) return refuse("IMG_DECODE", thrown.message);
    throw thrown;
  }
  if (raster === "tooLarge") return refuse("IMG_TOO_LARGE", "it holds more than 64 million pixels");
  if (wanted === "ids") return maskOf(raster);
  const { pixels, stretched } = rasterPixels(raster, wanted, range ?? null);
  const notes: ImageNote[] = [];
  if (stretched) notes.push("IMG_STRETCHED");
  if (hasOdd(raster)) notes.push("IMG_NOT_FINITE");
  // Four may be colours with alpha.
  if (wanted !== "bands" && (raster.channels > 4 || (raster.channels === 4 && head.kind === "npy"))) notes.push("IMG_BANDS"); // prettier-ignore
  return { ok: true, pixels, notes };
}

/** A mask, or why its values are no ids. */
export function maskOf(raster: Raster): Sampled {
  try {
    return { ok: true, pixels: rasterIds(raster), notes: [] };
  } catch (thrown) {
    if (thrown instanceof Damaged) return refuse("IMG_MASK_COLOURS", thrown.message);
    throw thrown;
  }
}
