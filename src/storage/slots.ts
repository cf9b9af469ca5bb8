// Two slots that are written in turn, so that whenever a save is cut off the one before it is whole.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import { crc32 } from "../formats/crc32";
import { problem } from "../spec/problems";
import { reserve, StorageFull, writeAll, type ByteFile, type ByteStore } from "./byteStore";

/** magic 8 · sequence 8 · length 8 · SHA-256 32 · CRC-32 of all that 4; the content begins at `CONTENT`. */
const MAGIC = "GLASSAB1";
const HEADER = 60;
const CONTENT = 512;

export interface Kept {
  /** Grows by one with every save. */
  readonly sequence: number;
  readonly content: Uint8Array<ArrayBuffer>;
}

export interface Slots {
  /** The newest save that is whole, or null; `damaged` when a newer one is not. */
  load(): Promise<{ readonly kept: Kept | null; readonly damaged: boolean }>;
  /** Writes into the other slot; on failure the newest whole save is untouched. */
  save(content: Uint8Array<ArrayBuffer>): Promise<Result<{ readonly sequence: number }, Problem>>;
  remove(): Promise<void>;
}

interface SlotHeader {
  readonly sequence: number;
  readonly length: number;
  readonly digest: Uint8Array;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function writeHeader(sequence: number, length: number, digest: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setBigUint64(8, BigInt(sequence), true);
  view.setBigUint64(16, BigInt(length), true);
  bytes.set(digest, 24);
  view.setUint32(56, crc32(bytes.subarray(0, 56)), true);
  return bytes;
}

function readHeader(file: ByteFile): SlotHeader | null {
  const bytes = new Uint8Array(HEADER);
  if (file.read(bytes, 0) !== HEADER) return null;
  const view = new DataView(bytes.buffer);
  if (new TextDecoder().decode(bytes.subarray(0, 8)) !== MAGIC) return null;
  if (view.getUint32(56, true) !== crc32(bytes.subarray(0, 56))) return null;
  const [sequence, length] = [Number(view.getBigUint64(8, true)), Number(view.getBigUint64(16, true))];
  return CONTENT + length > file.size() ? null : { sequence, length, digest: bytes.slice(24, 56) };
}

async function readContent(file: ByteFile, header: SlotHeader): Promise<Uint8Array<ArrayBuffer> | null> {
  const content = new Uint8Array(header.length);
  if (file.read(content, CONTENT) !== header.length) return null;
  const digest = await sha256(content);
  return digest.every((byte, i) => byte === header.digest[i]) ? content : null;
}

/** A pair of slots called `name` in a store. */
export function createSlots(store: ByteStore, name: string): Slots {
  const names = [`${name}.a`, `${name}.b`] as const;
  /** The slot that holds the newest whole save; null when there is none, undefined before the first look. */
  let newest: { readonly slot: number; readonly sequence: number } | null | undefined;

  const withFile = async <T>(slot: number, act: (file: ByteFile) => T | Promise<T>): Promise<T> => {
    const file = await store.open(names[slot] as string);
    try {
      return await act(file);
    } finally {
      file.close();
    }
  };

  const load: Slots["load"] = async () => {
    // Opening would make the files.
    const there = await store.names();
    const header = (slot: number) => (there.includes(names[slot] as string) ? withFile(slot, readHeader) : null);
    const headers = await Promise.all([header(0), header(1)]);
    const found = headers.flatMap((header, slot) => (header ? [{ header, slot }] : []));
    found.sort((a, b) => b.header.sequence - a.header.sequence);
    let damaged = false;
    for (const { header, slot } of found) {
      const content = await withFile(slot, (file) => readContent(file, header));
      if (content) {
        newest = { slot, sequence: header.sequence };
        return { kept: { sequence: header.sequence, content }, damaged };
      }
      damaged = true;
    }
    newest = null;
    return { kept: null, damaged };
  };

  const write = async (content: Uint8Array<ArrayBuffer>): Promise<number> => {
    if (newest === undefined) await load();
    const slot = newest ? 1 - newest.slot : 0;
    const sequence = (newest?.sequence ?? 0) + 1;
    const digest = await sha256(content);
    await withFile(slot, (file) => {
      reserve(file, CONTENT + content.length);
      // The header last, and only when the content is on its way to the disk: a cut-off save has no valid header.
      writeAll(file, new Uint8Array(HEADER), 0);
      writeAll(file, content, CONTENT);
      file.flush();
      writeAll(file, writeHeader(sequence, content.length, digest), 0);
      file.flush();
    });
    newest = { slot, sequence };
    return sequence;
  };

  return {
    load,
    async save(content) {
      try {
        return ok({ sequence: await write(content) });
      } catch (error) {
        const debug = error instanceof Error ? error.message : String(error);
        return err(problem(error instanceof StorageFull ? "STORAGE_FULL" : "STORAGE_FAILED", { debug }));
      }
    },
    async remove() {
      newest = null;
      await Promise.all(names.map((one) => store.remove(one)));
    },
  };
}
