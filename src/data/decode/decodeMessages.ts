// What crosses between the pool and its workers.
import type { Decoded, DecodeJob } from "./decoder";

export type ToDecodeWorker =
  | { readonly id: number; readonly do: "decode"; readonly job: DecodeJob }
  | {
      readonly id: number;
      readonly do: "thumbnail";
      readonly file: Blob;
      readonly path: string;
      readonly size: number;
    };

export type FromDecodeWorker =
  | { readonly id: number; readonly do: "decode"; readonly decoded: Decoded }
  | { readonly id: number; readonly do: "thumbnail"; readonly bitmap: ImageBitmap | null };
