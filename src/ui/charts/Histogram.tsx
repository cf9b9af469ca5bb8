// Bars of counts over equal bins, for two groups of items one above the other in colour and pattern.
import { memo, useMemo } from "react";
import { Bar, BarChart, CartesianGrid, ReferenceLine, XAxis, YAxis } from "recharts";
import { formatCount } from "../../store/formatNumbers";
import { ChartFigure } from "./ChartFigure";
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

const tick = { fontSize: 11, fill: "var(--ink-3)", fontFamily: "var(--mono)" };
const HEIGHT = 130;

/** A stacked histogram with a line at `mark`. */
export const Histogram = memo(function Histogram({ name, groups, bins = 25, mark, sentence }: HistogramProps) {
  const { ref, width, visible } = useBox();
  const [low, high] = groups;
  const rows = useMemo(() => {
    const [below, above] = [binCounts(low.values, bins), binCounts(high.values, bins)];
    return below.map((count, bin) => ({ x: (bin + 0.5) / bins, below: count, above: above[bin] ?? 0 }));
  }, [low.values, high.values, bins]);
  const shown = useFrozen(rows, !visible);
  const most = Math.max(1, ...shown.map(({ below, above }) => below + above));
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
          <BarChart
            width={width}
            height={HEIGHT}
            data={shown}
            margin={{ top: 8, right: 10, bottom: 0, left: 0 }}
            barCategoryGap={1}
            accessibilityLayer={false}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="x"
              type="number"
              domain={[0, 1]}
              ticks={[0, 0.25, 0.5, 0.75, 1]}
              tick={tick}
              tickLine={false}
              height={22}
              axisLine={{ stroke: "var(--line-strong)" }}
            />
            <YAxis
              width={46}
              domain={[0, most]}
              ticks={linearTicks(0, most, 3)}
              tick={tick}
              tickLine={false}
              axisLine={false}
            />
            <Bar dataKey="above" stackId="all" fill="var(--s1)" isAnimationActive={false} />
            <Bar dataKey="below" stackId="all" fill="var(--s2)" fillOpacity={0.55} isAnimationActive={false} />
            <ReferenceLine x={mark} stroke="var(--ink)" strokeDasharray="3 3" />
          </BarChart>
        )}
      </div>
    </ChartFigure>
  );
});
