// Reads a zip's central directory into columns: names, offsets, sizes, checksums; no entry is touched.
import type { EndRecord } from "./endRecord";
import { cleanPath, decodeName, pathFault } from "./entryName";

const ENTRY = 0x02014b50;

/** One file an index; plain columns, so that 100,000 entries stay small. */
export interface ZipColumns {
  readonly names: string[];
  /** Bytes of the stored name: the least that the local header takes. */
  readonly nameBytes: Uint32Array;
  readonly offsets: Float64Array;
  readonly packed: Float64Array;
  readonly sizes: Float64Array;
  readonly crcs: Uint32Array;
  readonly methods: Uint16Array;
  readonly flags: Uint16Array;
  readonly count: number;
}

/** Entries that were passed over (or lie very deep, and are used all the same), by problem code. */
export type PassedOver = Map<"ZIP_BAD_PATH" | "ZIP_DEPTH" | "ZIP_SYMLINK", string[]>;

/** Adds a name to the list of its kind. */
export function note<K>(lists: Map<K, string[]>, kind: K, name: string): void {
  const list = lists.get(kind);
  if (list === undefined) lists.set(kind, [name]);
  else list.push(name);
}

interface Wide {
  size: number;
  packed: number;
  offset: number;
}

/** Replaces the fields that are 0xFFFFFFFF by those of the Zip64 extra field; false where it is not whole. */
function widen(view: DataView, from: number, to: number, entry: Wide): boolean {
  const wanted = (["size", "packed", "offset"] as const).filter((field) => entry[field] === 0xffffffff);
  if (wanted.length === 0) return true;
  for (let at = from; at + 4 <= to;) {
    const bytes = view.getUint16(at + 2, true);
    if (at + 4 + bytes > to) return false;
    if (view.getUint16(at, true) === 1) {
      if (bytes < wanted.length * 8) return false;
      for (const [i, field] of wanted.entries()) entry[field] = Number(view.getBigUint64(at + 4 + 8 * i, true));
      return Number.isSafeInteger(entry.size) && Number.isSafeInteger(entry.packed);
    }
    at += 4 + bytes;
  }
  return true;
}

/** The columns of a directory, or null where it is damaged; directories, links and bad paths are left out. */
export function readDirectory(
  view: DataView<ArrayBuffer>,
  end: EndRecord,
): { readonly columns: ZipColumns; readonly passedOver: PassedOver } | null {
  const n = end.entries;
  const names: string[] = [];
  const nameBytes = new Uint32Array(n);
  const offsets = new Float64Array(n);
  const packed = new Float64Array(n);
  const sizes = new Float64Array(n);
  const crcs = new Uint32Array(n);
  const methods = new Uint16Array(n);
  const flags = new Uint16Array(n);
  const passedOver: PassedOver = new Map();
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  // One character a byte: names of ASCII letters are cut out of it, which is far quicker than decoding each.
  const text = new TextDecoder("latin1").decode(bytes);
  const nameAt = (from: number, length: number): string => {
    for (let i = from; i < from + length; i += 1)
      if ((bytes[i] as number) > 127) return decodeName(bytes.subarray(from, from + length));
    return text.slice(from, from + length);
  };
  let at = 0;
  let count = 0;
  for (let i = 0; i < n; i += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) return null;
    const nameLength = view.getUint16(at + 28, true);
    const extra = at + 46 + nameLength;
    const comment = extra + view.getUint16(at + 30, true);
    const next = comment + view.getUint16(at + 32, true);
    if (next > view.byteLength) return null;
    const entry: Wide = {
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    if (!widen(view, extra, comment, entry)) return null;
    const name = cleanPath(nameAt(at + 46, nameLength));
    const isLink = (view.getUint16(at + 40, true) & 0xf000) === 0xa000;
    const isFolder = nameLength > 0 && /[/\\]/.test(String.fromCharCode(view.getUint8(extra - 1)));
    const fault = isFolder ? null : (pathFault(name) ?? (isLink ? "ZIP_SYMLINK" : null));
    if (fault !== null) note(passedOver, fault, name.slice(0, 200));
    if ((fault === null || fault === "ZIP_DEPTH") && !isFolder && name !== "") {
      names.push(name);
      nameBytes[count] = nameLength;
      offsets[count] = entry.offset + end.shift;
      packed[count] = entry.packed;
      sizes[count] = entry.size;
      crcs[count] = view.getUint32(at + 16, true);
      methods[count] = view.getUint16(at + 10, true);
      flags[count] = view.getUint16(at + 8, true);
      count += 1;
    }
    at = next;
  }
  return { columns: { names, nameBytes, offsets, packed, sizes, crcs, methods, flags, count }, passedOver };
}
