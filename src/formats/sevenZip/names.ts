// The list of files in a 7z header: names, and which of them have no content, are folders or links.
import { Damaged } from "../bytes/byteReader";
import type { HeaderReader } from "./headerReader";

export interface FileEntry {
  readonly name: string;
  readonly hasContent: boolean;
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

const EMPTY_STREAM = 14;
const EMPTY_FILE = 15;
const ANTI = 16;
const NAMES = 17;
const ATTRIBUTES = 21;
const UNIX = 0x8000;
const LINK = 0xa000;
const WINDOWS_LINK = 0x400;
const DIRECTORY = 0x10;

/** The entries in order; `unnamed` is what a file without a name is called. */
export function readEntries(reader: HeaderReader, unnamed: string): FileEntry[] {
  const count = reader.count(8 * reader.left());
  let names: string[] | null = null;
  let noStream: boolean[] = [];
  let noFolder: boolean[] = [];
  let attributes: (number | null)[] = [];
  for (let property = reader.number(); property !== 0; property = reader.number()) {
    const size = reader.number();
    const end = reader.left() - size;
    if (end < 0) throw new Damaged("a property of files is cut off");
    if (property === EMPTY_STREAM) noStream = reader.bits(count);
    else if (property === EMPTY_FILE) noFolder = reader.bits(noStream.filter(Boolean).length);
    else if (property === NAMES) {
      if (reader.byte() !== 0) throw new Damaged("names elsewhere");
      names = splitNames(reader.take(size - 1), count);
    } else if (property === ATTRIBUTES) {
      const there = reader.optionalBits(count);
      if (reader.byte() !== 0) throw new Damaged("attributes elsewhere");
      attributes = there.map((one) => (one ? reader.u32() : null));
    } else if (property === ANTI && reader.take(size).some((byte) => byte !== 0)) throw new Damaged("it deletes files");
    reader.take(reader.left() - end);
  }
  let empty = 0;
  return Array.from({ length: count }, (_, i) => {
    const hasContent = noStream[i] !== true;
    const isFile = hasContent || noFolder[empty++] === true;
    const attribute = attributes[i] ?? 0;
    const unix = (attribute & UNIX) !== 0 ? attribute >>> 16 : 0;
    return {
      name: names?.[i] ?? unnamed,
      hasContent,
      isFolder: !isFile || (!hasContent && (attribute & DIRECTORY) !== 0),
      isLink: (unix & 0xf000) === LINK || (attribute & WINDOWS_LINK) !== 0,
    };
  });
}

/** Names in UTF-16, each ended by a zero. */
function splitNames(bytes: Uint8Array, count: number): string[] {
  if (bytes.length % 2 === 1) throw new Damaged("names are cut off");
  const names = new TextDecoder("utf-16le").decode(bytes).split("\0");
  if (names.length !== count + 1) throw new Damaged("names are missing");
  return names.slice(0, count);
}
