// The order of paths that people expect, the same on every computer: folders together, numbers by value.

/** A string that compares as its path should: `a2` before `a10`, `a/…` before `a b/…`. */
export function naturalKey(path: string): string {
  const key = path.replaceAll("/", "\u0001");
  return /\d/.test(key) ? key.replace(/\d+/g, (digits) => digits.padStart(16, "0")) : key;
}

/** The places of the paths in natural order; ties go by the plain path. */
export function naturalOrder(paths: readonly string[]): Uint32Array {
  const keys = paths.map(naturalKey);
  const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return Uint32Array.from({ length: paths.length }, (_, i) => i).sort(
    (a, b) => compare(keys[a] as string, keys[b] as string) || compare(paths[a] as string, paths[b] as string),
  );
}
