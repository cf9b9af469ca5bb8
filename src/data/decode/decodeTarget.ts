// What a picture is to be answered with, where that must follow the picture: its mask, or points on it, as bytes.
import { checkImage } from "../../formats/imageHeader/checkImage";
import { readBytes } from "../sources/readBytes";
import { MASK_FORMATS, maskSamples } from "../targets/maskSamples";
import { turnBytes, turnedSize, turnPoints } from "./turn";
import { classNumbers, type MaskValues } from "../targets/maskValues";
import { framePoints, type Size } from "../transforms/frame";
import type { TransformChain } from "../transforms";

interface OnPicture {
  /** What it lies on where the picture is stored turned; undefined where nobody has said. */
  readonly frame?: "upright" | "stored" | undefined;
}

/** Plain, so that it crosses to a worker. */
export type TargetJob = OnPicture &
  (
    | { readonly kind: "mask"; readonly file: Blob; readonly path: string; readonly values: MaskValues }
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
  { file, path, values, frame }: Extract<TargetJob, { kind: "mask" }>,
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
  const fits = ({ width: w, height: h }: Size): boolean => width === w && height === h;
  // A mask that fits the stored picture alone can lie on nothing else.
  const onStored = frame === "stored" || (frame === undefined && !fits(size) && fits(stored));
  if (!fits(onStored ? stored : size))
    return {
      ok: false,
      code: "MASK_SIZE",
      reason: `its mask ${path} has ${width} × ${height} pixels, the picture ${size.width} × ${size.height}`,
    };
  const numbers = classNumbers(found.value, values);
  if (numbers === null) {
    const colours = new Set(Array.from(found.value.values)).size;
    const what = colours > 255 ? `is a photograph: it holds ${colours} colours` : "holds colours";
    return { ok: false, code: "MASK_COLOUR", reason: `its mask ${path} ${what}` };
  }
  const ids = onStored ? turnBytes(numbers.ids, stored, orientation) : numbers.ids;
  const { data } = chain.run({ ...size, channels: 1, exact: true, data: ids });
  return { ok: true, bytes: data, notes: numbers.unknown.length > 0 ? ["MASK_VALUES"] : [] };
}

/** Points from −1 to 1, and behind them the frame: top, left, height and width of what the picture shows in the file. */
function placePoints(
  job: Extract<TargetJob, { kind: "points" }>,
  { size, orientation }: TargetPicture,
  chain: TransformChain,
): DecodedTarget {
  const frame = chain.frame(size);
  const upright = job.frame === "stored" ? turnPoints(job.points, turnedSize(size, orientation), orientation) : job.points; // prettier-ignore
  const placed = framePoints(upright, frame);
  const all = Float32Array.of(...placed, frame.top, frame.left, frame.height, frame.width);
  const outside = placed.some((value) => Math.abs(value) > 1);
  return { ok: true, bytes: new Uint8Array(all.buffer), notes: outside ? ["POINTS_OUTSIDE"] : [] };
}

/** The target of a picture, after the transforms. */
export async function decodeTarget(
  job: TargetJob,
  picture: TargetPicture,
  chain: TransformChain,
): Promise<DecodedTarget> {
  const found = job.kind === "mask" ? await decodeMask(job, picture, chain) : placePoints(job, picture, chain);
  const silent = job.frame !== undefined || picture.orientation === 1;
  return !found.ok || silent ? found : { ...found, notes: [...found.notes, "TARGETS_TURNED"] };
}
