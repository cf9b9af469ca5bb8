// How large the pictures of some items are, from the first bytes of their files alone.
import { MATRIX_NAME } from "../../formats/imageHeader/matrixHeader";
import { sizeAtStart, START_BYTES } from "../../formats/imageHeader/sizeAtStart";
import type { PictureSizes } from "../../spec/dataLook";
import type { BlockPlan } from "../blockPlan";
import { inOrder } from "../decode/inOrder";
import type { FileIndex } from "../sources/fileIndex";
import { readBytes } from "../sources/readBytes";

/** Small reads that are under way at once. */
const AHEAD = 8;

/** Width and height of a picture, upright; zeros where it cannot be told. */
export async function sizeOfFile(index: FileIndex, file: number): Promise<readonly [number, number]> {
  const path = index.paths[file] ?? "";
  const blob = await index.read(file);
  if (!blob.ok) return [0, 0];
  if (!MATRIX_NAME.test(path)) {
    const start = await readBytes(blob.value.slice(0, START_BYTES), path);
    const found = start.ok ? sizeAtStart(start.value) : null;
    if (found !== null) return found;
    if (blob.value.size <= START_BYTES) return [0, 0];
  }
  const whole = await readBytes(blob.value, path);
  return (whole.ok ? sizeAtStart(whole.value, path) : null) ?? [0, 0];
}

/** Two numbers an item. */
export async function pictureSizes(
  index: FileIndex,
  { files, texts, series }: BlockPlan,
  items: readonly number[],
): Promise<PictureSizes> {
  const sizes = new Uint32Array(2 * items.length);
  if (texts !== null || series !== null) return sizes;
  let at = 0;
  for await (const size of inOrder(items.length, AHEAD, (i) => sizeOfFile(index, files[items[i] as number] ?? -1))) {
    sizes.set(size, at);
    at += 2;
  }
  return sizes;
}
