// The first pictures of a source that is still being indexed.
import type { PeekPicture } from "../spec/dataReport";
import type { Decoder } from "./decode/decoder";
import { isImageName } from "./sources/fileIndex";
import type { RawSource } from "./sources/rawSource";

const SHOWN = 12;
const SIZE = 128;

/** One picture of each folder, then another of each, until there are enough. */
function pick(paths: readonly string[]): number[] {
  const folders = new Map<string, number[]>();
  for (const [i, path] of paths.entries()) {
    if (!isImageName(path)) continue;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    const files = folders.get(folder);
    if (files === undefined) folders.set(folder, [i]);
    else if (files.length < SHOWN) files.push(i);
  }
  const picked: number[] = [];
  for (let round = 0; round < SHOWN; round += 1)
    for (const files of folders.values()) if (files[round] !== undefined) picked.push(files[round] as number);
  return picked.slice(0, SHOWN).sort((a, b) => a - b);
}

/** Up to twelve pictures from all folders that were found so far; those that cannot be read are passed over. */
export async function peekPictures(raw: RawSource, decoder: Decoder): Promise<PeekPicture[]> {
  const picked = pick(raw.paths);
  const pictures = await Promise.all(
    picked.map(async (file) => {
      const path = raw.paths[file] as string;
      const blob = await raw.read(file);
      const image = blob.ok ? await decoder.thumbnail(blob.value, path, SIZE) : null;
      return image === null ? [] : [{ path, image }];
    }),
  );
  return pictures.flat();
}
