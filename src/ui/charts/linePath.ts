// A line as the `d` of an SVG path.

/** "M10 20L11 19.5…" through all points whose pixels are numbers; the others are bridged. One decimal of a pixel is kept. */
export function linePath<T>(points: readonly T[], x: (point: T) => number, y: (point: T) => number | null): string {
  const parts: string[] = [];
  for (const point of points) {
    const down = y(point);
    if (down === null || !Number.isFinite(down)) continue;
    parts.push(`${tenth(x(point))} ${tenth(down)}`);
  }
  return parts.length === 0 ? "" : `M${parts.join("L")}`;
}

function tenth(pixel: number): number {
  return Math.round(pixel * 10) / 10;
}
