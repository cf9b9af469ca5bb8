// Learning rate and momentum of every step, on the same x as the loss.
import { memo, useMemo } from "react";
import type { BatchRow } from "../../spec/run";
import { formatCount, formatRate } from "../../store/formatNumbers";
import { ChartFigure } from "./ChartFigure";
import { envelope } from "./envelope";
import type { RunAxis } from "./epochAxis";
import { LinePlot } from "./LinePlot";
import type { PlotAxis } from "./plotArea";
import { ratesSentence } from "./sentences";
import type { Series } from "./series";

interface RatePoint {
  readonly step: number;
  readonly lr: number;
  readonly momentum: number;
}

const series: readonly Series<RatePoint>[] = [
  { id: "lr", label: "learning rate", of: (point) => point.lr, color: "var(--s1)", format: formatRate },
  {
    id: "momentum",
    label: "momentum",
    of: (point) => point.momentum,
    color: "var(--s2)",
    dash: "6 4",
    axis: "right",
    format: (value) => value.toFixed(3),
  },
];
const yAxis: PlotAxis = { label: "learning rate", format: formatRate };
const rightAxis: PlotAxis = { label: "momentum", format: (value) => value.toFixed(2) };
const stepOf = (point: RatePoint): number => point.step;

export interface RatesChartProps {
  readonly rows: readonly BatchRow[];
  readonly axis: RunAxis;
}

/** Rates as they were. */
export const RatesChart = memo(function RatesChart({ rows, axis }: RatesChartProps) {
  const points = useMemo(() => envelope<RatePoint>(rows, 160, stepOf, (row) => row.lr), [rows]);
  const x = useMemo(() => (point: RatePoint) => axis.at(point.step), [axis]);
  return (
    <ChartFigure
      name="Learning rate and momentum"
      sentence={ratesSentence(rows)}
      legend={series}
      table={{
        columns: ["step", "lr", "momentum"],
        count: points.length,
        row: (index) => {
          const point = points[index];
          return point ? [formatCount(point.step), formatRate(point.lr), point.momentum.toFixed(4)] : [];
        },
      }}
    >
      <LinePlot
        points={points}
        x={x}
        series={series}
        xAxis={axis.axis}
        yAxis={yAxis}
        rightAxis={rightAxis}
        height={130}
      />
    </ChartFigure>
  );
});
