// Thins a line to what a chart can show: the smallest and the largest value of every pixel column, in order.

/** Points of `points` (sorted by `x`) that span the same picture: at most two a column, plus both ends. */
export function envelope<T>(
  points: readonly T[],
  columns: number,
  x: (point: T) => number,
  y: (point: T) => number,
): readonly T[] {
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined || points.length <= 2 * columns) return points;
  const scale = columns / (x(last) - x(first) || 1);
  const kept: T[] = [first];
  let at = 1;
  while (at < points.length - 1) {
    const column = Math.floor((x(points[at] as T) - x(first)) * scale);
    let low = at;
    let high = at;
    for (; at < points.length - 1 && Math.floor((x(points[at] as T) - x(first)) * scale) === column; at += 1) {
      const value = y(points[at] as T);
      if (!(value >= y(points[low] as T))) low = at;
      if (value > y(points[high] as T)) high = at;
    }
    const [a, b] = low < high ? [low, high] : [high, low];
    kept.push(points[a] as T);
    if (b !== a) kept.push(points[b] as T);
  }
  kept.push(last);
  return kept;
}
