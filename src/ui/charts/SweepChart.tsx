// The score at every threshold: where the choice stands, and where it would be best.
import { memo, useMemo } from "react";
import type { SweepPoint } from "../../store/scoring/fbeta";
import { ChartFigure } from "./ChartFigure";
import { LinePlot } from "./LinePlot";
import type { PlotAxis } from "./plotArea";
import type { PlotMark } from "./PlotAxes";
import type { Series } from "./series";

export interface SweepChartProps {
  /** "F2 over all labels". */
  readonly name: string;
  readonly points: readonly SweepPoint[];
  readonly threshold: number;
  readonly best: SweepPoint | null;
}

const xOf = (point: SweepPoint): number => point.threshold;
const xAxis: PlotAxis = { label: "threshold", format: (value) => value.toFixed(2), span: { low: 0, high: 1 } };
const yAxis: PlotAxis = { label: "score", format: (value) => value.toFixed(2) };

/** Score against threshold. */
export const SweepChart = memo(function SweepChart({ name, points, threshold, best }: SweepChartProps) {
  const now = points[Math.min(points.length - 1, Math.round(threshold * 100))]?.score ?? 0;
  const series = useMemo(
    (): readonly Series<SweepPoint>[] => [
      {
        id: "score",
        label: name,
        of: (point) => point.score,
        color: "var(--s1)",
        width: 2.25,
        format: (value) => value.toFixed(4),
      },
    ],
    [name],
  );
  const marks = useMemo(
    (): readonly PlotMark[] => [
      {
        x: threshold,
        label: `now ${threshold.toFixed(2)}`,
        place: best && best.threshold > threshold && threshold > 0.15 ? "bottomLeft" : "bottomRight",
      },
      ...(best && Math.abs(best.threshold - threshold) > 0.004
        ? [
            {
              x: best.threshold,
              label: `best ${best.threshold.toFixed(2)}`,
              dashed: true,
              place:
                best.threshold > threshold || best.threshold < 0.15
                  ? ("bottomRight" as const)
                  : ("bottomLeft" as const),
            },
          ]
        : []),
    ],
    [threshold, best],
  );
  const sentence =
    best === null
      ? "Nothing to score yet."
      : `${name} is ${now.toFixed(3)} at a threshold of ${threshold.toFixed(2)}; it is highest, ${best.score.toFixed(3)}, at ${best.threshold.toFixed(2)}.`;
  return (
    <ChartFigure
      name={`${name} by threshold`}
      sentence={sentence}
      table={{
        columns: ["threshold", "score"],
        count: points.length,
        row: (index) => [points[index]?.threshold.toFixed(2) ?? "", points[index]?.score.toFixed(4) ?? ""],
      }}
    >
      <LinePlot points={points} x={xOf} series={series} xAxis={xAxis} yAxis={yAxis} height={150} marks={marks} />
    </ChartFigure>
  );
});
