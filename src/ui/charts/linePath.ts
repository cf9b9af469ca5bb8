// A line as the path that SVG draws, and the point that a cursor is nearest to.

const coordinate = (pixel: number): string => pixel.toFixed(1);

/** `M x,y L x,y …` through all points that have a value; "" for fewer than one. */
export function linePath<T>(
  points: readonly T[],
  toX: (point: T) => number,
  of: (point: T) => number | null,
  toY: (value: number) => number,
): string {
  let path = "";
  for (const point of points) {
    const value = of(point);
    if (value === null || !Number.isFinite(value)) continue;
    const y = toY(value);
    if (Number.isFinite(y)) path += `${path === "" ? "M" : "L"}${coordinate(toX(point))},${coordinate(y)}`;
  }
  return path;
}

/** The point nearest to `x` that has a value, or null; points are sorted by x. */
export function nearestWith<T>(
  points: readonly T[],
  xOf: (point: T) => number,
  of: (point: T) => number | null,
  x: number,
): T | null {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xOf(points[middle] as T) < x) low = middle + 1;
    else high = middle;
  }
  const has = (at: number): boolean => {
    const point = points[at];
    return point !== undefined && of(point) !== null;
  };
  let before = low - 1;
  let after = low;
  while (before >= 0 && !has(before)) before -= 1;
  while (after < points.length && !has(after)) after += 1;
  const [left, right] = [points[before], points[after]];
  if (left === undefined || right === undefined) return left ?? right ?? null;
  return x - xOf(left) <= xOf(right) - x ? left : right;
}
