// Picture sizes as a person asks about them: which are common, which are odd, and one sentence.
import { plural } from "./formatNumbers";
import type { Measured } from "./explorer";

export interface CommonSize {
  readonly width: number;
  readonly height: number;
  readonly items: readonly number[];
}

/** Sizes with their items, the commonest first; what could not be read is left out. */
export function commonSizes({ items, sizes, done }: Measured): CommonSize[] {
  const found = new Map<string, { width: number; height: number; items: number[] }>();
  for (let i = 0; i < done; i += 1) {
    const [width = 0, height = 0] = [sizes[2 * i], sizes[2 * i + 1]];
    if (width === 0 || height === 0) continue;
    const key = `${width}×${height}`;
    const known = found.get(key);
    if (known) known.items.push(items[i] as number);
    else found.set(key, { width, height, items: [items[i] as number] });
  }
  return [...found.values()].sort(
    (a, b) => b.items.length - a.items.length || a.width - b.width || a.height - b.height,
  );
}

/** Far from the others: a side below a third of what the model gets, an area far above the middle one, long and thin. */
export function sizeOutliers(
  sizes: readonly CommonSize[],
  model: number,
): { label: string; items: readonly number[] }[] {
  const areas = sizes.flatMap(({ width, height, items }) => items.map(() => width * height)).sort((a, b) => a - b);
  const middle = areas[Math.floor(areas.length / 2)] ?? 0;
  const those = (fits: (one: CommonSize) => boolean) => sizes.filter(fits).flatMap(({ items }) => items);
  const ratio = ({ width, height }: CommonSize): number => Math.max(width / height, height / width);
  return [
    { label: "tiny", items: those(({ width, height }) => Math.min(width, height) < model / 3) },
    { label: "huge", items: those(({ width, height }) => width * height > 16 * middle) },
    { label: "long and thin", items: those((one) => ratio(one) > 3) },
  ].filter(({ items }) => items.length > 0 && items.length < areas.length);
}

/** What the chart shows, in words. */
export function sizeSentence(sizes: readonly CommonSize[], asked: number): string {
  const [first] = sizes;
  if (first === undefined) return asked === 0 ? "" : "No header could be read.";
  const read = sizes.reduce((sum, { items }) => sum + items.length, 0);
  if (sizes.length === 1) return `All ${plural(read, "picture")} looked at ${read === 1 ? "is" : "are"} ${first.width} × ${first.height}.`; // prettier-ignore
  const sides = sizes.flatMap(({ width, height }) => [width, height]);
  const share = Math.round((100 * first.items.length) / read);
  return `${plural(sizes.length, "size")} among ${plural(read, "picture")} looked at, with sides from ${Math.min(...sides)} to ${Math.max(...sides)} pixels; ${share} % are ${first.width} × ${first.height}.`; // prettier-ignore
}
