// Files that survive a visit, as little as every place that can hold them offers: the seam where faults are injected.

/** One open file; synchronous like the sync access handles it stands for. Nobody else can open it meanwhile. */
export interface ByteFile {
  size(): number;
  /** Bytes read into `into`; fewer at the end of the file. */
  read(into: Uint8Array<ArrayBuffer>, at: number): number;
  /** Bytes written, as the platform tells it: on a full disk that may be fewer, or nonsense. */
  write(bytes: Uint8Array<ArrayBuffer>, at: number): number;
  /** May silently do nothing on a full disk. */
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

export interface ByteStore {
  /** Opens a file, making it when there is none. */
  open(name: string): Promise<ByteFile>;
  names(): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/** The disk is full, or lies about what it wrote. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";
}

/** Writes all bytes or throws StorageFull: a count that is not exactly theirs means that they are not there. */
export function writeAll(file: ByteFile, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  let written: number;
  try {
    written = file.write(bytes, at);
  } catch (error) {
    throw new StorageFull(error instanceof Error ? error.message : "write failed", { cause: error });
  }
  if (written !== bytes.length) throw new StorageFull(`wrote ${written} of ${bytes.length} bytes`);
}

/** Grows the file to at least `size` bytes, so that later writes inside it need no room; throws StorageFull. */
export function reserve(file: ByteFile, size: number): void {
  if (file.size() >= size) return;
  try {
    file.truncate(size);
  } catch (error) {
    throw new StorageFull(error instanceof Error ? error.message : "no room", { cause: error });
  }
  if (file.size() < size) throw new StorageFull(`only ${file.size()} of ${size} bytes`);
}
