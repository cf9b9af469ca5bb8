// Finds the end-of-central-directory record of a zip: behind a stub, under a comment, in Zip64.
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { Problem } from "../../base/problem";

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const LOCAL = 0x04034b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;

export interface EndRecord {
  readonly entries: number;
  /** Where the central directory really lies in the blob. */
  readonly directory: number;
  readonly directoryBytes: number;
  /** Bytes before the archive proper (a self-extractor), to be added to every stored offset. */
  readonly shift: number;
}

/** The bytes [from, to) of a blob as a view; throws the platform's error where the file changed under us. */
export async function viewOf(blob: Blob, from: number, to: number): Promise<DataView<ArrayBuffer>> {
  return new DataView(await blob.slice(from, to).arrayBuffer());
}

const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

async function zip64End(blob: Blob, end: number): Promise<{ view: DataView; at: number } | null> {
  if (end < 20 + 56) return null;
  const locator = await viewOf(blob, end - 20, end);
  if (locator.getUint32(0, true) !== LOCATOR64) return null;
  for (const at of [big(locator, 8), end - 20 - 56]) {
    if (at < 0 || at + 56 > end) continue;
    const view = await viewOf(blob, at, at + 56);
    if (view.getUint32(0, true) === END64) return { view, at };
  }
  return null;
}

/** `always`: also where no field asks for Zip64; PyTorch writes its record in every file. */
async function recordAt(
  blob: Blob,
  view: DataView,
  offset: number,
  at: number,
  always = false,
): Promise<EndRecord | "disks" | null> {
  let disks = [view.getUint16(offset + 4, true), view.getUint16(offset + 6, true)];
  let entries = view.getUint16(offset + 10, true);
  let bytes = view.getUint32(offset + 12, true);
  let start = view.getUint32(offset + 16, true);
  let end = at;
  const asked = entries === 0xffff || bytes === 0xffffffff || start === 0xffffffff;
  const wide = asked || always ? await zip64End(blob, at) : null;
  if (wide !== null) {
    disks = [wide.view.getUint32(16, true), wide.view.getUint32(20, true)];
    entries = big(wide.view, 32);
    bytes = big(wide.view, 40);
    start = big(wide.view, 48);
    end = wide.at;
  }
  if (disks.some((disk) => disk !== 0)) return "disks";
  const directory = end - bytes;
  const shift = directory - start;
  if (!Number.isSafeInteger(directory) || directory < 0 || shift < 0 || entries * 46 > bytes) return null;
  if (entries > 0) {
    const first = await viewOf(blob, directory, directory + 4);
    if (first.byteLength < 4 || first.getUint32(0, true) !== ENTRY) return null;
  }
  return { entries, directory, directoryBytes: bytes, shift };
}

/**
 * The end record whose comment reaches exactly to the end of the file and whose directory is where it says. The first
 * such record counts: a second one can only lie inside its comment.
 */
export async function findEndRecord(blob: Blob): Promise<Result<EndRecord, Problem>> {
  const from = Math.max(0, blob.size - END_BYTES - MAX_COMMENT);
  const tail = await viewOf(blob, from, blob.size);
  let manyDisks = false;
  for (let i = 0; i + END_BYTES <= tail.byteLength; i += 1) {
    if (tail.getUint32(i, true) !== END) continue;
    if (i + END_BYTES + tail.getUint16(i + 20, true) !== tail.byteLength) continue;
    const record = (await recordAt(blob, tail, i, from + i)) ?? (await recordAt(blob, tail, i, from + i, true));
    if (record === "disks") manyDisks = true;
    else if (record !== null) return ok(record);
  }
  if (manyDisks) return err(problem("ZIP_MULTIDISK"));
  const head = blob.size >= 4 ? await viewOf(blob, 0, 4) : null;
  return err(problem(head?.getUint32(0, true) === LOCAL ? "ZIP_TRUNCATED" : "ZIP_NOT_ZIP"));
}
