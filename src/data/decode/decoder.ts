// What decodes pictures: the pool of workers, or a fake in tests.
import type { Choice } from "../../spec/recipe";
import type { TargetJob } from "./decodeTarget";
import type { Pixels } from "./pixels";

/** A picture after the recipe's transforms, or why there is none. */
export type Decoded =
  | {
      readonly ok: true;
      readonly pixels: Pixels;
      /** What belongs to the picture and followed its transforms, as bytes. */
      readonly target?: Uint8Array<ArrayBuffer>;
      /** As it lies in the file, turned upright. */
      readonly width: number;
      readonly height: number;
      readonly kind: string;
      /** Codes such as IMG_CMYK: used all the same, but worth saying. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly code: string; readonly reason: string };

/**
 * What a picture is decoded to: three channels of colour, one of grey, the ids of a mask exactly as they are stored, or
 * every channel that the file has.
 */
export type Wanted = "rgb" | "grey" | "ids" | "bands";

export interface DecodeJob {
  readonly file: Blob;
  /** Numbers to draw, instead of the file's picture. */
  readonly series?: Float32Array;
  readonly path: string;
  readonly transforms: readonly Choice[];
  /** Defaults to "rgb". */
  readonly wanted?: Wanted;
  /** Black and white in the file's own numbers, where more than 8 bits are stored; defaults to all that they can hold. */
  readonly range?: readonly [number, number];
  readonly target?: TargetJob;
}

export interface Decoder {
  /** How many jobs make sense at once. */
  readonly parallel: number;
  /** Rejects only with the signal's reason. */
  decode(job: DecodeJob, signal?: AbortSignal): Promise<Decoded>;
  /** The upright picture with its longest side `size`, or null where it cannot be decoded. */
  thumbnail(file: Blob, path: string, size: number): Promise<ImageBitmap | null>;
  dispose(): void;
}
