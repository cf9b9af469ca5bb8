// What every kind of source gives before it is put in order: paths, and a way to read each file.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { SourceInfo } from "../../spec/dataReport";
import type { UnpackStore } from "../../storage/unpackStore";

/** With so many files there is something to show while the rest is done. */
export const PARTIAL = 400;

export interface RawSource {
  readonly name: string;
  readonly kind: SourceInfo["kind"];
  readonly paths: readonly string[];
  /** Total size where it is known without opening every file, else 0. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
  /** Changes when the contents do, where the source knows without reading its files. */
  readonly fingerprint?: string;
  /** Hidden and system files that were passed over. */
  readonly junk: number;
  read(file: number): Promise<Result<Blob, Problem>>;
}

export interface OpenOptions {
  /** Called now and then with the number of files found so far. */
  readonly onProgress?: (files: number) => void;
  /** Called while an archive is unpacked as a whole: bytes done of all bytes. */
  readonly onUnpack?: (done: number, total: number) => void;
  /** Where archives that must be unpacked as a whole go; without it only small ones are opened. */
  readonly store?: UnpackStore | null;
  /** Called with the key of everything that is kept in the store. */
  readonly onKey?: (key: string) => void;
  /** Called once with what was found so far when there is enough to be shown; the walk waits for it. */
  readonly onPartial?: (raw: RawSource) => Promise<void>;
  readonly signal?: AbortSignal;
}
