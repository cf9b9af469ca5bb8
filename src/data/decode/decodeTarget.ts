// What a picture is to be answered with, where that must follow the picture: its mask, or points on it, as bytes.
import { checkImage } from "../../formats/imageHeader/checkImage";
import { readBytes } from "../sources/readBytes";
import { MASK_FORMATS, maskSamples } from "../targets/maskSamples";
import { classNumbers, type MaskValues } from "../targets/maskValues";
import { framePoints, type Size } from "../transforms/frame";
import type { TransformChain } from "../transforms";

/** Plain, so that it crosses to a worker. */
export type TargetJob =
  | { readonly kind: "mask"; readonly file: Blob; readonly path: string; readonly values: MaskValues }
  /** (y, x) in pixels of the upright picture. */
  | { readonly kind: "points"; readonly points: Float32Array };

export type DecodedTarget =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer>; readonly notes: readonly string[] }
  | { readonly ok: false; readonly code: string; readonly reason: string };

async function decodeMask(
  { file, path, values }: Extract<TargetJob, { kind: "mask" }>,
  size: Size,
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
  if (width !== size.width || height !== size.height)
    return {
      ok: false,
      code: "MASK_SIZE",
      reason: `its mask ${path} has ${width} × ${height} pixels, the picture ${size.width} × ${size.height}`,
    };
  const numbers = classNumbers(found.value, values);
  if (numbers === null) return { ok: false, code: "MASK_COLOUR", reason: `its mask ${path} holds colours` };
  const { data } = chain.run({ width, height, channels: 1, exact: true, data: numbers.ids });
  return { ok: true, bytes: data, notes: numbers.unknown.length > 0 ? ["MASK_VALUES"] : [] };
}

/** Points from −1 to 1, and behind them the frame: top, left, height and width of what the picture shows in the file. */
function placePoints(points: Float32Array, size: Size, chain: TransformChain): DecodedTarget {
  const frame = chain.frame(size);
  const placed = framePoints(points, frame);
  const all = Float32Array.of(...placed, frame.top, frame.left, frame.height, frame.width);
  const outside = placed.some((value) => Math.abs(value) > 1);
  return { ok: true, bytes: new Uint8Array(all.buffer), notes: outside ? ["POINTS_OUTSIDE"] : [] };
}

/** The target of an upright picture of this size, after the transforms. */
export async function decodeTarget(job: TargetJob, size: Size, chain: TransformChain): Promise<DecodedTarget> {
  return job.kind === "mask" ? decodeMask(job, size, chain) : placePoints(job.points, size, chain);
}
