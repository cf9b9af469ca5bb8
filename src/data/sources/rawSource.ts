// What every kind of source gives before it is put in order: paths, and a way to read each file.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import type { SourceInfo } from "../../spec/dataReport";

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
  readonly signal?: AbortSignal;
}
