// Looks into a few masks before anything is decoded: which values or colours stand for no class yet.
import type { MaskValue } from "../../spec/dataReport";
import { checkImage } from "../../formats/imageHeader/checkImage";
import type { FileIndex } from "../sources/fileIndex";
import { readBytes } from "../sources/readBytes";
import { MASK_FORMATS, maskSamples } from "./maskSamples";
import { classNumbers, type MaskValues } from "./maskValues";

const LOOKED_AT = 6;
const MOST = 64;

const hex = (value: number): string => `#${value.toString(16).padStart(6, "0")}`;

/** More colours than there can be classes: a photograph in the place of a mask, whose colours mean nothing. */
const PHOTOGRAPH = 256;

/** Values of a mask without a class: its unknown values, or all its colours where none is named. */
function unmapped(values: ArrayLike<number>, kind: string, unknown: readonly number[] | null): string[] {
  const found = unknown ?? [...new Set(Array.from(values))];
  if (kind === "colour" && found.length >= PHOTOGRAPH) return [];
  return found.slice(0, MOST).map((value) => (kind === "colour" ? hex(value) : String(value)));
}

/** Values without a class, and in how many of the `most` masks looked at they occur. */
export async function peekMasks(
  index: FileIndex,
  files: Int32Array,
  values: MaskValues,
  most = LOOKED_AT,
): Promise<MaskValue[]> {
  const step = Math.max(1, Math.floor(files.length / most));
  const counts = new Map<string, number>();
  for (let i = 0; i < files.length && i < step * most; i += step) {
    const file = files[i] as number;
    const path = index.paths[file] ?? "";
    const blob = await index.read(file);
    const bytes = blob.ok ? await readBytes(blob.value, path) : blob;
    const check = bytes.ok ? checkImage(bytes.value, path) : null;
    // What cannot be read is named when everything is decoded.
    if (!bytes.ok || !check?.ok || !MASK_FORMATS.has(check.header.kind)) continue;
    const found = await maskSamples(bytes.value, check.header.kind);
    if (!found.ok) continue;
    const numbers = classNumbers(found.value, values);
    const kind = found.value.kind === "palette" && values.colours.length > 0 ? "colour" : found.value.kind;
    for (const value of unmapped(found.value.values, kind, numbers?.unknown ?? null))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].slice(0, MOST).map(([value, masks]) => ({ value, masks }));
}
