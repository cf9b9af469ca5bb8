// What a picture is to be answered with, where that must follow the picture: its mask, or points on it, as bytes.
import { checkImage } from "../../formats/imageHeader/checkImage";
import { readBytes } from "../sources/readBytes";
import { isSameShape, isSameSize, sizeReason } from "../targets/maskFit";
import { MASK_FORMATS, maskSamples } from "../targets/maskSamples";
import { storedFrame, turnBytes, turnedSize, turnPoints } from "./turn";
import { classNumbers, type MaskValues } from "../targets/maskValues";
import { frameNumbers, framePoints, type Size } from "../transforms/frame";
import { scale } from "../transforms/resample";
import type { TransformChain } from "../transforms";

interface OnPicture {
  /** What it lies on where the picture is stored turned; undefined where nobody has said. */
  readonly frame?: "upright" | "stored" | undefined;
}

/** Plain, so that it crosses to a worker. */
export type TargetJob = OnPicture &
  (
    | {
        readonly kind: "mask";
        readonly file: Blob;
        readonly path: string;
        readonly values: MaskValues;
        readonly scaled: boolean;
      }
    /** A picture that is all of one class. */
    | { readonly kind: "oneClass"; readonly id: number }
    /** (y, x) in pixels. */
    | { readonly kind: "points"; readonly points: Float32Array }
  );

/** The picture that the target belongs to. */
export interface TargetPicture {
  /** Turned upright. */
  readonly size: Size;
  /** As EXIF has it, 1 to 8. */
  readonly orientation: number;
}

export type DecodedTarget =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly notes: readonly string[] }
  | { readonly ok: false; readonly code: string; readonly reason: string };

async function decodeMask(
  { file, path, values, scaled, frame }: Extract<TargetJob, { kind: "mask" }>,
  { size, orientation }: TargetPicture,
  chain: TransformChain,
): Promise<DecodedTarget> {
  const bytes = await readBytes(file, path);
  if (!bytes.ok) return { ok: false, code: "MASK_UNREADABLE", reason: `${path}: ${bytes.error.title}` };
  const check = checkImage(bytes.value, path);
  if (!check.ok) return { ok: false, code: "MASK_UNREADABLE", reason: `its mask ${path}: ${check.reason}` };
  const { kind } = check.header;
  if (!MASK_FORMATS.has(kind))
    return { ok: false, code: "MASK_FORMAT", reason: `its mask ${path} is ${kind.toUpperCase()}` };
  const found = await maskSamples(bytes.value, kind);
  if (!found.ok) return { ok: false, code: "MASK_UNREADABLE", reason: `its mask ${path}: ${found.error}` };
  const { width, height } = found.value;
  const stored = turnedSize(size, orientation);
  const fits = (picture: Size): boolean => isSameSize(found.value, picture);
  const like = (picture: Size): boolean => isSameShape(found.value, picture);
  // A mask that fits the stored picture alone can lie on nothing else.
  const onStored = frame === "stored" || (frame === undefined && !like(size) && like(stored));
  const under = onStored ? stored : size;
  if (!fits(under) && !(scaled && like(under))) {
    const reason = sizeReason(path, found.value, under);
    return { ok: false, code: like(under) ? "MASK_SIZE" : "MASK_SHAPE", reason };
  }
  const numbers = classNumbers(found.value, values);
  if (numbers === null) {
    const colours = new Set(Array.from(found.value.values)).size;
    const what = colours > 255 ? `is a photograph: it holds ${colours} colours` : "holds colours";
    return { ok: false, code: "MASK_COLOUR", reason: `its mask ${path} ${what}` };
  }
  const own = scale({ width, height, channels: 1, exact: true, data: numbers.ids }, under.width, under.height);
  const data = onStored ? turnBytes(own.data, stored, orientation) : own.data;
  const notes = [numbers.unknown.length > 0 && "MASK_VALUES", !fits(under) && "MASK_SCALED"];
  return { ok: true, bytes: idsOf(data, size, chain), notes: notes.filter((note) => note !== false) };
}

/** Class numbers after the transforms. */
const idsOf = (data: Uint8Array<ArrayBuffer>, size: Size, chain: TransformChain): Uint8Array<ArrayBuffer> =>
  chain.run({ ...size, channels: 1, exact: true, data }).data;

/** A picture whose mask is not there, and that shows one class everywhere. */
function fillMask(id: number, { size }: TargetPicture, chain: TransformChain): DecodedTarget {
  return { ok: true, bytes: idsOf(new Uint8Array(size.width * size.height).fill(id), size, chain), notes: [] };
}

/** Points from −1 to 1, and behind them what the picture shows of the file that the points were measured on. */
function placePoints(
  job: Extract<TargetJob, { kind: "points" }>,
  { size, orientation }: TargetPicture,
  chain: TransformChain,
): DecodedTarget {
  const frame = chain.frame(size);
  const onStored = job.frame === "stored";
  const upright = onStored ? turnPoints(job.points, turnedSize(size, orientation), orientation) : job.points;
  const placed = framePoints(upright, frame);
  const own = onStored ? storedFrame(frame, size, orientation) : { ...frame, turned: false };
  const all = Float32Array.of(...placed, ...frameNumbers(own));
  const outside = placed.some((value) => Math.abs(value) > 1);
  return { ok: true, bytes: new Uint8Array(all.buffer), notes: outside ? ["POINTS_OUTSIDE"] : [] };
}

/** The target of a picture, after the transforms. */
export async function decodeTarget(
  job: TargetJob,
  picture: TargetPicture,
  chain: TransformChain,
): Promise<DecodedTarget> {
  if (job.kind === "oneClass") return fillMask(job.id, picture, chain);
  const found = job.kind === "mask" ? await decodeMask(job, picture, chain) : placePoints(job, picture, chain);
  const silent = job.frame !== undefined || picture.orientation === 1;
  return !found.ok || silent ? found : { ...found, notes: [...found.notes, "TARGETS_TURNED"] };
}
