// Opens a 7z: its list of files at once, its content as one stream from the first folder to the last.
import type { Problem } from "../../base/problem";
import { problem, type ProblemCode } from "../../spec/problems";
import { ArchiveFault, refuseBomb } from "../archive/fault";
import { numberDoubles, type Stretches } from "../archive/stretches";
import { CutOff, Damaged } from "../bytes/byteReader";
import { crc32 } from "../crc32";
import { note } from "../zip/directory";
import { cleanPath, pathFault } from "../zip/entryName";
import { packedStreams, readSevenZipHeader } from "./header";
import { finalSize, type Folder, type Streams } from "./streams";
import { checkFolder, unpackFolder } from "./unpackFolder";

export interface SevenZip extends Stretches {
  /** Bytes of everything unpacked. */
  readonly size: number;
  readonly packedSize: number;
  /** Every file can be unpacked without the others. */
  readonly separate: boolean;
  /** All content in order, each piece valid until the next is asked for; throws where a file's checksum is wrong. */
  pieces(): AsyncGenerator<Uint8Array>;
  /** The content of one file of a separate archive; `null` where its checksum is wrong. */
  read(file: number): Promise<Blob | null>;
}

const MAX_FILE = 2 ** 30;

/** The pieces of a folder while the checksums of its files are right; its header was, so what fails is damage. */
async function* checked(
  pieces: AsyncIterable<Uint8Array>,
  files: Streams["files"][number],
): AsyncGenerator<Uint8Array> {
  let file = 0;
  let left = files[0]?.size ?? 0;
  let crc = 0;
  try {
    for await (const piece of pieces) {
      for (let start = 0; file < files.length && (start < piece.length || left === 0);) {
        const part = piece.subarray(start, start + left);
        crc = crc32(part, crc);
        start += part.length;
        left -= part.length;
        if (left > 0) break;
        const stated = files[file]?.crc ?? null;
        if (stated !== null && stated !== crc) throw new ArchiveFault("ARCHIVE_CRC");
        file += 1;
        left = files[file]?.size ?? 0;
        crc = 0;
      }
      yield piece;
    }
  } catch (thrown) {
    throw thrown instanceof Damaged || thrown instanceof CutOff ? new ArchiveFault("ARCHIVE_CRC") : thrown;
  }
}

/** The archive; throws ArchiveFault, CutOff or Damaged. */
export async function openSevenZip(blob: Blob, unnamed: string): Promise<SevenZip> {
  const header = await readSevenZipHeader(blob, unnamed);
  if (header === null) throw new ArchiveFault("ZIP_EMPTY");
  const { entries, streams } = header;
  const packed = packedStreams(header);
  const size = streams.folders.reduce((sum, folder) => sum + finalSize(folder), 0);
  const packedSize = packed.reduce((sum, one) => sum + one.size, 0);
  if (!Number.isSafeInteger(size)) throw new Damaged("an impossible size");
  const end = Math.max(0, ...packed.map((one) => one.from + one.size));
  if (end > blob.size) throw new CutOff("packed streams reach past the end");
  for (const folder of streams.folders) checkFolder(folder);
  refuseBomb(size, packedSize);

  let begin = 0;
  const contents = streams.files.flatMap((files, folder) => {
    let offset = begin;
    begin += finalSize(streams.folders[folder] as Folder);
    return files.map((file) => {
      offset += file.size;
      return { ...file, folder, offset: offset - file.size };
    });
  });
  if (entries.filter(({ hasContent }) => hasContent).length !== contents.length)
    throw new Damaged("files and contents do not match");
  const names: string[] = [];
  const offsets: number[] = [];
  const sizes: number[] = [];
  const places: number[] = [];
  const passedOver = new Map<Extract<ProblemCode, "TAR_LINK" | "ZIP_BAD_PATH" | "ZIP_DEPTH">, string[]>();
  let next = 0;
  for (const entry of entries) {
    const content = entry.hasContent ? contents[next++] : undefined;
    if (entry.isFolder) continue;
    const name = cleanPath(entry.name);
    const fault = pathFault(name) ?? (entry.isLink ? "TAR_LINK" : null);
    if (fault !== null) note(passedOver, fault, name.slice(0, 200));
    if ((fault !== null && fault !== "ZIP_DEPTH") || name === "") continue;
    names.push(name);
    offsets.push(content?.offset ?? 0);
    sizes.push(content?.size ?? 0);
    places.push(content === undefined ? -1 : next - 1);
  }
  if (names.length === 0 && passedOver.size === 0) throw new ArchiveFault("ZIP_EMPTY");
  const doubles = numberDoubles(names);
  const problems: Problem[] = [...passedOver].map(([code, items]) => problem(code, { items }));
  if (doubles.length > 0) problems.push(problem("ZIP_DUP_NAME", { items: doubles }));

  return {
    ...{ names, offsets, sizes, problems, size, packedSize },
    separate: streams.files.every((files) => files.length <= 1),
    async *pieces() {
      for (const [i, { from, size: bytes, folder }] of packed.entries())
        yield* checked(unpackFolder(blob, from, bytes, folder), streams.files[i] ?? []);
    },
    async read(file) {
      const place = places[file] as number;
      if (place < 0) return new Blob([]);
      const content = contents[place] as (typeof contents)[number];
      if (content.size > MAX_FILE) throw new ArchiveFault("ARCHIVE_BOMB");
      const { from, size: bytes, folder } = packed[content.folder] as (typeof packed)[number];
      const whole = new Uint8Array(content.size);
      let to = 0;
      for await (const piece of unpackFolder(blob, from, bytes, folder)) {
        whole.set(piece.subarray(0, content.size - to), to);
        to += Math.min(piece.length, content.size - to);
      }
      return content.crc !== null && crc32(whole) !== content.crc ? null : new Blob([whole]);
    },
  };
}
