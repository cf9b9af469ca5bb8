// The length that most of some rows or files have.

/** The most frequent of the lengths, the first one of those that are equally frequent; 0 of none. */
export function usualLength(lengths: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const length of lengths) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
