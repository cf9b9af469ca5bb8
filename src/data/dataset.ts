// The pictures of a block by item: from the cache, or decoded again where they did not fit into it.
import { ProblemError } from "../base/problem";
import { problem } from "../spec/problems";
import type { Choice } from "../spec/recipe";
import type { Decoded, Decoder } from "./decode/decoder";
import type { TargetJob } from "./decode/decodeTarget";
import type { PixelCache } from "./pixelCache";
import type { FileIndex } from "./sources/fileIndex";
import { pictureHash } from "./twins";
import { keptFrame, type FileFrame } from "./transforms/frame";

export interface Dataset {
  readonly length: number;
  /** Height, width, channels of every picture. */
  readonly shape: readonly [number, number, number];
  /** Bytes of one picture. */
  readonly bytes: number;
  /** Bytes of a picture's target, where that is decoded and kept with it. */
  readonly targetBytes: number;
  readonly cache: PixelCache;
  path(item: number): string;
  /** Reads and transforms the item's file. */
  decode(item: number, signal?: AbortSignal): Promise<Decoded>;
  /** What a picture with points shows, in the file's pixels; null where that is not kept. */
  frame(item: number): FileFrame | null;
  /** What was found of items that were looked at before all were decoded. */
  readonly looked: Map<number, Found>;
  /** Keeps a decoded picture that somebody looks at, with what was found; gives its record. */
  look(item: number, decoded: Extract<Decoded, { ok: true }>): Uint8Array<ArrayBuffer>;
  /** What the cache keeps of a decoded picture: its pixels, and its target behind them. */
  record(decoded: Extract<Decoded, { ok: true }>): Uint8Array<ArrayBuffer>;
  /** The item's record, of `bytes + targetBytes`, at `into[offset…]`; throws a ProblemError where it can no longer be had. */
  get(item: number, into: Uint8Array<ArrayBuffer>, offset: number, signal?: AbortSignal): Promise<void>;
}

/** What decoding tells of a picture besides its pixels. */
export interface Found {
  readonly notes: readonly string[];
  /** How it looks; null where it is of one colour. */
  readonly hash: string | null;
}

export const foundIn = ({ notes, pixels }: Extract<Decoded, { ok: true }>): Found => ({ notes, hash: pictureHash(pixels) }); // prettier-ignore

export interface DatasetOptions {
  readonly index: FileIndex;
  readonly files: Int32Array;
  readonly path: (item: number) => string;
  readonly series: readonly Float32Array[] | null;
  readonly shape: readonly [number, number, number];
  readonly transforms: readonly Choice[];
  /** Black and white in the files' own numbers. */
  readonly range: readonly [number, number] | undefined;
  readonly decoder: Decoder;
  readonly cache: PixelCache;
  readonly targetBytes: number;
  /** What is decoded together with an item's picture, or why it cannot be; undefined for nothing. */
  readonly target: (item: number) => Promise<TargetJob | Extract<Decoded, { ok: false }> | undefined>;
}

/** The items of a plan as pictures of one size. */
export function createDataset(options: DatasetOptions): Dataset {
  const { index, files, path, series, shape, transforms, range, decoder, cache, targetBytes } = options;
  const bytes = shape[0] * shape[1] * shape[2];
  const wanted = shape[2] === 3 ? "rgb" : shape[2] === 1 ? "grey" : "bands";
  const decodeAny = async (item: number, signal?: AbortSignal): Promise<Decoded> => {
    const own = series?.[item];
    if (own !== undefined) {
      const job = { file: new Blob(), path: path(item), transforms, series: own };
      return decoder.decode(job, signal);
    }
    const file = await index.read(files[item] as number);
    if (!file.ok) return { ok: false, code: file.error.code, reason: file.error.detail };
    const target = await options.target(item);
    if (target !== undefined && "ok" in target) return target;
    const job = { file: file.value, path: path(item), transforms, wanted, ...(range && { range }) } as const;
    return decoder.decode(target === undefined ? job : { ...job, target }, signal);
  };
  const decode = async (item: number, signal?: AbortSignal): Promise<Decoded> => {
    const decoded = await decodeAny(item, signal);
    if (!decoded.ok || decoded.pixels.channels === shape[2]) return decoded;
    const reason = `it has ${decoded.pixels.channels} channels instead of ${shape[2]}`;
    return { ok: false, code: "IMG_CHANNELS", reason };
  };
  const record: Dataset["record"] = ({ pixels, target }) => {
    if (target === undefined) return pixels.data;
    const whole = new Uint8Array(bytes + targetBytes);
    whole.set(pixels.data);
    whole.set(target, bytes);
    return whole;
  };
  const looked = new Map<number, Found>();
  return {
    length: files.length,
    shape,
    bytes,
    targetBytes,
    cache,
    record,
    looked,
    look(item, decoded) {
      const whole = record(decoded);
      cache.hold(item, whole);
      looked.set(item, foundIn(decoded));
      return whole;
    },
    frame(item) {
      const whole = new Uint8Array(bytes + targetBytes);
      return targetBytes > 0 && cache.read(item, whole, 0) ? keptFrame(whole) : null;
    },
    path,
    decode,
    async get(item, into, offset, signal) {
      if (cache.read(item, into, offset)) return;
      const decoded = await decode(item, signal);
      if (!decoded.ok)
        throw new ProblemError(
          problem("SOURCE_GONE", { items: [path(item)], debug: `${decoded.code} ${decoded.reason}` }),
        );
      const whole = record(decoded);
      cache.write(item, whole);
      into.set(whole, offset);
    },
  };
}
