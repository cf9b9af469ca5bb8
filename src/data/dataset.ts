// The pictures of a block by item: from the cache, or decoded again where they did not fit into it.
import { ProblemError } from "../base/problem";
import { problem } from "../spec/problems";
import type { Choice } from "../spec/recipe";
import type { Decoded, Decoder } from "./decode/decoder";
import type { PixelCache } from "./pixelCache";
import type { FileIndex } from "./sources/fileIndex";

export interface Dataset {
  readonly length: number;
  /** Height, width, channels of every picture. */
  readonly shape: readonly [number, number, number];
  /** Bytes of one picture. */
  readonly bytes: number;
  readonly cache: PixelCache;
  path(item: number): string;
  /** Reads and transforms the item's file. */
  decode(item: number, signal?: AbortSignal): Promise<Decoded>;
  /** Copies the item's pixels to `into[offset…]`; throws a ProblemError where they can no longer be had. */
  get(item: number, into: Uint8Array<ArrayBuffer>, offset: number, signal?: AbortSignal): Promise<void>;
}

export interface DatasetOptions {
  readonly index: FileIndex;
  readonly files: Int32Array;
  readonly shape: readonly [number, number, number];
  readonly transforms: readonly Choice[];
  readonly decoder: Decoder;
  readonly cache: PixelCache;
}

/** The items of a plan as pictures of one size. */
export function createDataset({ index, files, shape, transforms, decoder, cache }: DatasetOptions): Dataset {
  const path = (item: number): string => index.paths[files[item] as number] as string;
  const decode = async (item: number, signal?: AbortSignal): Promise<Decoded> => {
    const file = await index.read(files[item] as number);
    if (!file.ok) return { ok: false, code: file.error.code, reason: file.error.detail };
    return decoder.decode({ file: file.value, path: path(item), transforms }, signal);
  };
  return {
    length: files.length,
    shape,
    bytes: shape[0] * shape[1] * shape[2],
    cache,
    path,
    decode,
    async get(item, into, offset, signal) {
      if (cache.read(item, into, offset)) return;
      const decoded = await decode(item, signal);
      if (!decoded.ok)
        throw new ProblemError(
          problem("SOURCE_GONE", { items: [path(item)], debug: `${decoded.code} ${decoded.reason}` }),
        );
      cache.write(item, decoded.pixels.data);
      into.set(decoded.pixels.data, offset);
    },
  };
}
