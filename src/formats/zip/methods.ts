// Names of zip's compression methods; only stored and deflate are read.

export const STORED = 0;
export const DEFLATE = 8;

const NAMES = new Map<number, string>([
  [1, "shrink"],
  [6, "implode"],
  [9, "Deflate64"],
  [12, "bzip2"],
  [14, "LZMA"],
  [93, "Zstandard"],
  [95, "XZ"],
  [96, "JPEG"],
  [97, "WavPack"],
  [98, "PPMd"],
  [99, "AES encryption"],
]);

/** What people call a method. */
export function methodName(method: number): string {
  return NAMES.get(method) ?? `method ${method}`;
}
