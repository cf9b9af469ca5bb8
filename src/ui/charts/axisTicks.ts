// Which ticks of an axis are marked, and where their labels stand without touching each other.
import type { PlotAxis } from "./plotArea";
import { linearTicks, logTicks, type Span } from "./ticks";

/** Round values for an axis of this many pixels, one in about `every` of them. */
export function axisTicks(
  { log, whole }: Pick<PlotAxis, "log" | "whole">,
  { low, high }: Span,
  count: number,
): number[] {
  if (log === true) return logTicks(low, high);
  const ticks = linearTicks(low, high, count);
  return whole === true ? ticks.filter(Number.isInteger) : ticks;
}

export interface TickLabel {
  readonly value: number;
  readonly text: string;
  /** Middle of the label, in pixels. */
  readonly at: number;
}

/** Width of a character of a label: 11 px, monospaced. */
const CHARACTER = 6.63;
const GAP = 14;

/** Labels of a horizontal axis: kept within [0, end], and left out where they would come closer than 14 px to the one before. */
export function spacedLabels(
  ticks: readonly number[],
  format: (value: number) => string,
  toX: (value: number) => number,
  end: number,
): TickLabel[] {
  const labels: TickLabel[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const value of ticks) {
    const text = format(value);
    const half = (text.length * CHARACTER) / 2;
    const at = Math.max(half, Math.min(end - half, toX(value)));
    if (at - half < free) continue;
    labels.push({ value, text, at });
    free = at + half + GAP;
  }
  return labels;
}
