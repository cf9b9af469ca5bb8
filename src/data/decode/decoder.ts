// What decodes pictures: the pool of workers, or a fake in tests.
import type { Choice } from "../../spec/recipe";
import type { Pixels } from "./pixels";

/** A picture after the recipe's transforms, or why there is none. */
export type Decoded =
  | {
      readonly ok: true;
      readonly pixels: Pixels;
      /** As it lies in the file, turned upright. */
      readonly width: number;
      readonly height: number;
      readonly kind: string;
      /** Codes such as IMG_CMYK: used all the same, but worth saying. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly code: string; readonly reason: string };

export interface DecodeJob {
  readonly file: Blob;
  readonly path: string;
  readonly transforms: readonly Choice[];
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
