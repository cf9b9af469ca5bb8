// Bars of counts over equal bins, for two groups of items one above the other in colour and pattern.
import { memo, useMemo } from "react";
import { formatCount } from "../../store/formatNumbers";
import { ChartFigure } from "./ChartFigure";
import { PlotAxes } from "./PlotAxes";
import { plotArea } from "./plotArea";
import { linearTicks } from "./ticks";
import { useBox, useFrozen } from "./useBox";

export interface HistogramGroup {
  readonly label: string;
  readonly values: Float32Array;
}

export interface HistogramProps {
  readonly name: string;
  /** Values in [0, 1]: first the group below, then the one on top. */
  readonly groups: readonly [HistogramGroup, HistogramGroup];
  readonly bins?: number;
  readonly mark: number;
  readonly sentence: string;
}

/** Counts of values in [0, 1] by bin; 1 falls into the last one. */
export function binCounts(values: Float32Array, bins: number): number[] {
  const counts = Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(value * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

const HEIGHT = 130;
const X_TICKS = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, text: String(at) }));

/** A stacked histogram with a line at `mark`. */
export const Histogram = memo(function Histogram({ name, groups, bins = 25, mark, sentence }: HistogramProps) {
  const { ref, width, visible } = useBox();
  const [low, high] = groups;
  const rows = useMemo(() => {
    const [below, above] = [binCounts(low.values, bins), binCounts(high.values, bins)];
    return below.map((count, bin) => ({ x: (bin + 0.5) / bins, below: count, above: above[bin] ?? 0 }));
  }, [low.values, high.values, bins]);
  const shown = useFrozen(rows, !visible);
  const { area, ticks } = useMemo(() => {
    const most = Math.max(1, ...shown.map(({ below, above }) => below + above));
    const box = { left: 46, top: 8, width: Math.max(1, width - 58), height: HEIGHT - 30 };
    return {
      area: plotArea(box, { low: 0, high: 1, log: false }, { low: 0, high: most * 1.05, log: false }),
      ticks: linearTicks(0, most, 3).map((at) => ({ at, text: formatCount(at) })),
    };
  }, [shown, width]);
  const marks = useMemo(() => [{ x: mark }], [mark]);
  return (
    <ChartFigure
      name={name}
      sentence={sentence}
      legend={[
        { id: "above", label: high.label, color: "var(--s1)" },
        { id: "below", label: low.label, color: "var(--s2)", opacity: 0.55 },
      ]}
      table={{
        columns: ["from", "to", high.label, low.label],
        count: rows.length,
        row: (index) => {
          const row = rows[index];
          return row
            ? [
                (index / bins).toFixed(2),
                ((index + 1) / bins).toFixed(2),
                formatCount(row.above),
                formatCount(row.below),
              ]
            : [];
        },
      }}
    >
      <div ref={ref} aria-hidden style={{ height: HEIGHT }}>
        {width > 0 && (
          <svg width={width} height={HEIGHT}>
            <PlotAxes area={area} x={X_TICKS} y={ticks} right={[]} marks={marks} />
            {shown.map(({ x, below, above }) => {
              const [left, right] = [area.toX(x - 0.5 / bins), area.toX(x + 0.5 / bins) - 1];
              const [top, middle, bottom] = [area.toY(below + above), area.toY(above), area.toY(0)];
              return (
                <g key={x}>
                  <rect x={left} width={right - left} y={middle} height={bottom - middle} fill="var(--s1)" />
                  <rect
                    x={left}
                    width={right - left}
                    y={top}
                    height={middle - top}
                    fill="var(--s2)"
                    fillOpacity="0.55"
                  />
                </g>
              );
            })}
          </svg>
        )}
      </div>
    </ChartFigure>
  );
});
