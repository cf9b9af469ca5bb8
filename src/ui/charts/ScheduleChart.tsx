// The schedule of all fits before anything runs: what learning rate and momentum will do.
import { memo, useMemo } from "react";
import { formatCount, formatRate, plural } from "../../store/formatNumbers";
import type { SchedulePoint, SchedulePreview } from "../../store/schedulePreview";
import { ChartFigure } from "./ChartFigure";
import { LinePlot } from "./LinePlot";
import type { PlotAxis } from "./plotArea";
import type { Series } from "./series";

const series: readonly Series<SchedulePoint>[] = [
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
const xAxis: PlotAxis = { label: "batch", format: formatCount };
const yAxis: PlotAxis = { label: "learning rate", format: formatRate };
const rightAxis: PlotAxis = { label: "momentum", format: (value) => value.toFixed(2) };
const stepOf = (point: SchedulePoint): number => point.step;

/** "2,530 batches in 5 epochs; the rate rises to 1e-2." */
function scheduleSentence({ batches, epochs, points }: SchedulePreview): string {
  const top = points.reduce<SchedulePoint | null>((best, point) => (best && best.lr >= point.lr ? best : point), null);
  if (!top) return "No stage trains yet: add a fit.";
  return `${plural(batches, "batch", "batches")} in ${plural(epochs, "epoch")}; the rate is highest, ${formatRate(top.lr)}, at batch ${formatCount(top.step)}.`;
}

/** The plan as a curve. */
export const ScheduleChart = memo(function ScheduleChart({ preview }: { readonly preview: SchedulePreview }) {
  const { points, spans } = preview;
  const marks = useMemo(() => spans.slice(1).map(({ from }) => ({ x: from, dashed: true })), [spans]);
  return (
    <ChartFigure
      name="Planned learning rate and momentum"
      sentence={scheduleSentence(preview)}
      legend={series}
      table={{
        columns: ["batch", "stage", "lr", "momentum"],
        count: points.length,
        row: (index) => {
          const point = points[index];
          return point
            ? [formatCount(point.step), String(point.stage + 1), formatRate(point.lr), point.momentum.toFixed(4)]
            : [];
        },
      }}
    >
      <LinePlot
        points={points}
        x={stepOf}
        series={series}
        xAxis={xAxis}
        yAxis={yAxis}
        rightAxis={rightAxis}
        height={112}
        marks={marks}
      />
    </ChartFigure>
  );
});
