// The first pictures of a source that is still being indexed.
import type { PeekPicture } from "../spec/dataReport";
import type { Decoder } from "./decode/decoder";
import { isImageName } from "./sources/fileIndex";
import type { RawSource } from "./sources/rawSource";

const SHOWN = 12;
const SIZE = 128;

/** Up to twelve pictures from all over what was found so far; those that cannot be read are passed over. */
export async function peekPictures(raw: RawSource, decoder: Decoder): Promise<PeekPicture[]> {
  const files = raw.paths.flatMap((path, i) => (isImageName(path) ? [i] : []));
  const step = Math.max(1, Math.floor(files.length / SHOWN));
  const picked = files.filter((_, i) => i % step === 0).slice(0, SHOWN);
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
