// One metric per epoch for several runs; the pinned run is the dashed line to beat.
import { memo, useMemo } from "react";
import type { MetricInfo } from "../../spec/catalog";
import { formatMetric } from "../../store/bestMetric";
import { ChartFigure } from "./ChartFigure";
import { LinePlot } from "./LinePlot";
import type { PlotAxis } from "./plotArea";
import { metricSentence, type MetricLine } from "./sentences";
import { seriesDash, seriesStroke, type Series } from "./series";

export interface RunLine extends MetricLine {
  readonly id: string;
  /** Index of the run's colour. */
  readonly color: number;
  readonly pinned: boolean;
}

interface EpochPoint {
  readonly epoch: number;
  readonly values: readonly (number | null)[];
}

const xAxis: PlotAxis = { label: "epoch", whole: true, format: (value) => String(value) };
const epochOf = (point: EpochPoint): number => point.epoch;

/** The first line is the current run. */
export const MetricChart = memo(function MetricChart({
  info,
  lines,
}: {
  readonly info: MetricInfo;
  readonly lines: readonly RunLine[];
}) {
  const points = useMemo(() => {
    const count = Math.max(0, ...lines.map(({ values }) => values.length));
    return Array.from({ length: count }, (_, epoch): EpochPoint => ({
      epoch,
      values: lines.map(({ values }) => values[epoch] ?? null),
    }));
  }, [lines]);
  const series = useMemo(
    () =>
      lines.map(({ id, name, color, pinned }, index): Series<EpochPoint> => ({
        id,
        label: pinned ? `${name} (pinned)` : name,
        of: (point) => point.values[index] ?? null,
        color: seriesStroke(color),
        dash: pinned ? "6 4" : index === 0 ? undefined : seriesDash(color),
        width: index === 0 ? 2.25 : 1.5,
        marked: index === 0 || points.length < 2,
        format: (value) => formatMetric(info, value),
      })),
    [lines, info, points.length],
  );
  const yAxis = useMemo(
    (): PlotAxis => ({ label: info.label, format: (value) => String(Number(value.toPrecision(3))) }),
    [info],
  );
  const span = useMemo(
    () => ({ ...xAxis, span: { low: -0.08, high: Math.max(1, points.length - 1) + 0.08 } }),
    [points.length],
  );
  return (
    <ChartFigure
      name={`${info.label} per epoch`}
      sentence={metricSentence(info, lines)}
      legend={series}
      table={{
        columns: ["epoch", ...lines.map(({ name }) => name)],
        count: points.length,
        row: (index) => [
          String(index),
          ...lines.map(({ values }) => {
            const value = values[index];
            return value === null || value === undefined ? "–" : value.toFixed(4);
          }),
        ],
      }}
    >
      <LinePlot points={points} x={epochOf} series={series} xAxis={span} yAxis={yAxis} height={170} />
    </ChartFigure>
  );
});
