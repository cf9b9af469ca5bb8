// An archive of any kind as a source, told by its first bytes; what can only be unpacked as a whole is spooled once.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { hashString } from "../../base/rng";
import { ArchiveFault, archiveProblem } from "../../formats/archive/fault";
import type { Stretches } from "../../formats/archive/stretches";
import { blobPieces } from "../../formats/bytes/blobPieces";
import { BlobReader } from "../../formats/bytes/blobReader";
import { ByteReader } from "../../formats/bytes/byteReader";
import { gunzip, isGzip } from "../../formats/gzip/gunzip";
import { isSevenZip } from "../../formats/sevenZip/header";
import { openSevenZip, type SevenZip } from "../../formats/sevenZip/sevenZip";
import { readTar } from "../../formats/tar/readTar";
import { isTarHeader } from "../../formats/tar/tarHeader";
import { problem } from "../../spec/problems";
import { withoutEndings } from "./archiveName";
import { isJunkPath } from "./junk";
import type { OpenOptions, RawSource } from "./rawSource";
import { readProblem } from "./readBytes";
import { checkRoom, IN_MEMORY, spool } from "./spool";
import { zipSource } from "./zipSource";

const FOREIGN: readonly (readonly [head: readonly number[], name: string])[] = [
  [[0x52, 0x61, 0x72, 0x21, 0x1a, 0x07], "RAR"],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "xz"],
  [[0x42, 0x5a, 0x68], "bzip2"],
  [[0x28, 0xb5, 0x2f, 0xfd], "Zstandard"],
  [[0x04, 0x22, 0x4d, 0x18], "LZ4"],
  [[0x1f, 0x9d], "compress"],
];

/** Files as stretches of one blob. */
function stretchSource(
  file: File,
  whole: Blob,
  { names, offsets, sizes, problems }: Stretches,
  more: readonly Problem[] = [],
): RawSource {
  const kept = names.flatMap((name, i) => (isJunkPath(name) ? [] : [i]));
  return {
    name: withoutEndings(file.name),
    kind: "archive",
    paths: kept.map((entry) => names[entry] as string),
    bytes: kept.reduce((sum, entry) => sum + (sizes[entry] as number), 0),
    junk: names.length - kept.length,
    problems: [...problems, ...more],
    fingerprint: `${file.size}@${file.lastModified}`,
    async read(at) {
      const entry = kept[at] as number;
      const from = offsets[entry] as number;
      return ok(whole.slice(from, from + (sizes[entry] as number)));
    },
  };
}

const keyOf = (file: File): string =>
  `${hashString(`${file.name}:${file.size}:${file.lastModified}`).toString(16)}-${file.size}`;

/** Tells how much of the packed bytes is read, and stops on the signal. */
async function* watched(file: File, { onUnpack, signal }: OpenOptions): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of blobPieces(file)) {
    signal?.throwIfAborted();
    yield piece;
    done += piece.length;
    onUnpack?.(done, file.size);
  }
}

const isTar = async (whole: Blob): Promise<boolean> =>
  isTarHeader(new Uint8Array(await whole.slice(0, 512).arrayBuffer()));

async function gzipSource(file: File, options: OpenOptions): Promise<RawSource> {
  const { store = null, signal } = options;
  const key = keyOf(file);
  const notes = { trailing: false };
  options.onKey?.(key);
  const whole =
    (await store?.find(key)) ??
    (await spool(gunzip(new ByteReader(watched(file, options)), notes), store, key, signal));
  const more = notes.trailing ? [problem("GZ_TRAILING", { items: [file.name] })] : [];
  if (await isTar(whole)) return stretchSource(file, whole, await readTar(new BlobReader(whole), options), more);
  if (/\.(tgz|tar\.gz)$/i.test(file.name)) throw new ArchiveFault("ARCHIVE_CORRUPT");
  const only = { names: [withoutEndings(file.name)], offsets: [0], sizes: [whole.size], problems: [] };
  return stretchSource(file, whole, only, more);
}

/** Every file on its own, unpacked when it is read. */
function separateSource(file: File, archive: SevenZip): RawSource {
  const source = stretchSource(file, file, archive);
  const places = new Map(archive.names.map((name, i) => [name, i]));
  return {
    ...source,
    async read(at) {
      const path = source.paths[at] as string;
      try {
        const blob = await archive.read(places.get(path) as number);
        return blob === null ? err(problem("ZIP_CRC", { items: [path] })) : ok(blob);
      } catch (thrown) {
        return err(readProblem(thrown, path) ?? problem("ZIP_ENTRY", { items: [path], debug: String(thrown) }));
      }
    },
  };
}

async function sevenZipSource(file: File, options: OpenOptions): Promise<RawSource> {
  const { store = null, signal, onUnpack } = options;
  const archive = await openSevenZip(file, withoutEndings(file.name));
  const [only] = archive.names;
  const holdsTar = archive.names.length === 1 && only !== undefined && /\.tar$/i.test(only);
  if (archive.separate && !holdsTar && archive.size > IN_MEMORY) return separateSource(file, archive);
  const key = keyOf(file);
  options.onKey?.(key);
  const kept = await store?.find(key);
  if (kept?.size !== archive.size) await checkRoom(store, archive.size);
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    let done = 0;
    for await (const piece of archive.pieces()) {
      yield piece;
      done += piece.length;
      onUnpack?.(done, archive.size);
    }
  };
  const whole = kept?.size === archive.size ? kept : await spool(pieces(), store, key, signal);
  if (!holdsTar) return stretchSource(file, whole, archive);
  const from = archive.offsets[0] as number;
  const inner = whole.slice(from, from + (archive.sizes[0] as number));
  return stretchSource(file, inner, await readTar(new BlobReader(inner), options), archive.problems);
}

/** The archive as a source, or why it is refused. */
export async function archiveSource(file: File, options: OpenOptions = {}): Promise<Result<RawSource, Problem>> {
  try {
    const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
    const filled = (source: RawSource): Result<RawSource, Problem> => {
      if (source.paths.length > 0 || source.junk > 0) return ok(source);
      const [first] = source.problems;
      return err(
        first
          ? { ...first, severity: "error", items: [file.name, ...first.items] }
          : problem("ZIP_EMPTY", { items: [file.name] }),
      );
    };
    if (isSevenZip(head)) return filled(await sevenZipSource(file, options));
    if (isGzip(head)) return filled(await gzipSource(file, options));
    const foreign = FOREIGN.find(([start]) => start.every((byte, i) => head[i] === byte));
    if (foreign !== undefined)
      return err(
        problem("ARCHIVE_KIND", {
          items: [file.name],
          detail: `It is packed with ${foreign[1]}; zip, tar, tgz and 7z are read, so unpack it or pack it as one of them.`,
        }),
      );
    if (isTarHeader(head) || /\.tar$/i.test(file.name)) {
      return filled(stretchSource(file, file, await readTar(new BlobReader(file), options)));
    }
    if (/\.(7z|tgz|gz)$/i.test(file.name)) return err(problem("ARCHIVE_CORRUPT", { items: [file.name] }));
    return await zipSource(file);
  } catch (thrown) {
    options.signal?.throwIfAborted();
    const found = readProblem(thrown, file.name);
    return err(found === null ? archiveProblem(thrown, file.name) : { ...found, severity: "error" });
  }
}
