// One series of numbers as a small curve: what its picture was drawn from.
import { useMemo } from "react";
import { envelope } from "./envelope";
import { linePath } from "./linePath";
import { spanOf } from "./ticks";

const WIDTH = 300;
const HEIGHT = 64;
const EDGE = 3;

export interface SeriesLineProps {
  readonly values: Float32Array;
  readonly className?: string;
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

/** As wide as its place; the least and the largest value are written beside it. */
export function SeriesLine({ values, className = "" }: SeriesLineProps) {
  const { path, low, high } = useMemo(() => {
    const span = spanOf(values) ?? { low: 0, high: 0 };
    const points = Array.from(values, (value, at) => ({ at, value }));
    const thinned = envelope(points, WIDTH, ({ at }) => at, ({ value }) => value); // prettier-ignore
    const toX = ({ at }: { readonly at: number }): number => EDGE + (at / Math.max(1, values.length - 1)) * (WIDTH - 2 * EDGE); // prettier-ignore
    const toY = (value: number): number => HEIGHT - EDGE - ((value - span.low) / (span.high - span.low || 1)) * (HEIGHT - 2 * EDGE); // prettier-ignore
    return { ...span, path: linePath(thinned, toX, ({ value }) => value, toY) };
  }, [values]);
  return (
    <span className={`flex items-stretch gap-1.5 ${className}`}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`The series: ${values.length} numbers from ${short(low)} to ${short(high)}`}
        className="h-16 min-w-0 flex-1 rounded-sm bg-sunk"
      >
        <path
          d={path}
          fill="none"
          stroke="var(--s1)"
          strokeWidth="1.5"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <span aria-hidden className="flex flex-col justify-between font-mono text-[11px] leading-none text-ink-3">
        <span>{short(high)}</span>
        <span>{short(low)}</span>
      </span>
    </span>
  );
}
