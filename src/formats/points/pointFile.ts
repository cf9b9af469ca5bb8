// Files with the points of one picture: iBUG's `.pts`, or one point a line.

/** Pairs of numbers in the file's order; null where it is none of these formats. */
export function readPoints(text: string): readonly (readonly [number, number])[] | null {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#")); // prettier-ignore
  const braced = lines.indexOf("{");
  const end = lines.lastIndexOf("}");
  if (braced >= 0 && end < braced) return null;
  const rows = braced >= 0 ? lines.slice(braced + 1, end) : lines;
  const stated = braced >= 0 ? /^n_points\s*:\s*(\d+)$/m.exec(lines.slice(0, braced).join("\n"))?.[1] : undefined;
  if (rows.length === 0 || (stated !== undefined && Number(stated) !== rows.length)) return null;
  const points = rows.map((row) =>
    row
      .split(/[\s,;]+/)
      .filter((cell) => cell !== "")
      .map(Number),
  );
  if (points.some((point) => point.length !== 2 || !point.every((value) => Number.isFinite(Math.fround(value)))))
    return null;
  return points as [number, number][];
}
