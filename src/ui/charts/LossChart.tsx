// Loss while it falls: every step faint, its moving average bold, validation as dots.
import { memo, useMemo, useState } from "react";
import type { BatchRow, EpochRow } from "../../spec/run";
import { formatCount, formatLoss, formatRate } from "../../store/formatNumbers";
import { Segmented, Switch } from "../widgets";
import { ChartFigure } from "./ChartFigure";
import { envelope } from "./envelope";
import { epochMarks, type RunAxis, type StageSteps } from "./epochAxis";
import { LinePlot } from "./LinePlot";
import type { PlotAxis } from "./plotArea";
import { lossSentence } from "./sentences";
import type { Series } from "./series";
import { airy, calmSpan, spanOf, type Span } from "./ticks";

export interface LossChartProps {
  readonly rows: readonly BatchRow[];
  readonly epochs: readonly EpochRow[];
  /** First steps of the stages that have begun. */
  readonly stages: readonly StageSteps[];
  /** The pinned run to compare with. */
  readonly baseline: { readonly name: string; readonly rows: readonly BatchRow[] } | null;
  readonly by: "step" | "epoch";
  readonly onBy: (by: "step" | "epoch") => void;
  readonly axis: RunAxis;
  readonly height?: number;
}

interface Point {
  readonly step: number;
  readonly raw: number | null;
  readonly smooth: number | null;
  readonly valid: number | null;
  readonly base: number | null;
  readonly row: BatchRow | null;
}

const COLUMNS = 320;
const raw = (row: BatchRow): number => row.loss;
const stepOf = (row: BatchRow): number => row.step;

const smoothLine: Series<Point> = {
  id: "smooth",
  label: "training, smoothed (0.98)",
  of: (point) => point.smooth,
  color: "var(--s1)",
  width: 2.25,
  format: (value) => formatLoss(value, 4),
};
const rawLine: Series<Point> = {
  id: "raw",
  label: "each step",
  of: (point) => point.raw,
  color: "var(--s1)",
  width: 1,
  opacity: 0.3,
  format: (value) => formatLoss(value, 4),
};
const validDots: Series<Point> = {
  id: "valid",
  label: "validation",
  of: (point) => point.valid,
  color: "var(--s2)",
  dots: true,
  format: (value) => formatLoss(value, 4),
};

/** What is drawn, in the order of steps. */
function pointsOf(rows: readonly BatchRow[], epochs: readonly EpochRow[], base: readonly BatchRow[]): Point[] {
  const blank = { raw: null, smooth: null, valid: null, base: null, row: null };
  const points: Point[] = [
    ...envelope(rows, COLUMNS, stepOf, raw).map((row) => ({
      ...blank,
      step: row.step,
      raw: row.loss,
      smooth: row.smooth,
      row,
    })),
    ...epochs.flatMap((row) => (row.validLoss === null ? [] : [{ ...blank, step: row.step, valid: row.validLoss }])),
    ...envelope(base, COLUMNS / 4, stepOf, (row) => row.smooth).map((row) => ({
      ...blank,
      step: row.step,
      base: row.smooth,
    })),
  ];
  return points.sort((a, b) => a.step - b.step);
}

/** Ends of the loss axis: all averages, nearly all steps, and validation unless it lies far off (then its dot stands at the edge). */
function calm(rows: readonly BatchRow[], epochs: readonly EpochRow[], base: readonly BatchRow[]): Span | null {
  const smooth = spanOf([...rows.map((row) => row.smooth), ...base.map((row) => row.smooth)]);
  const steps = calmSpan(rows.map(raw), 0.01);
  if (!smooth || !steps) return null;
  const high = Math.max(smooth.high, steps.high);
  const near = epochs.map((row) => row.validLoss).filter((loss) => loss !== null && loss <= 1.5 * high);
  return airy(spanOf([smooth.low, steps.low, high, ...near]) ?? { low: 0, high: 1 }, false);
}

const NO_ROWS: readonly BatchRow[] = [];

/** The loss chart with its toggles. */
export const LossChart = memo(function LossChart(props: LossChartProps) {
  const { rows, epochs, stages, baseline, by, onBy, axis, height = 260 } = props;
  const [log, setLog] = useState(false);
  const points = useMemo(() => pointsOf(rows, epochs, baseline?.rows ?? NO_ROWS), [rows, epochs, baseline?.rows]);
  const drawn = useMemo(() => points.filter((point) => point.row !== null), [points]);
  const series = useMemo(
    () => [
      rawLine,
      ...(baseline
        ? [
            {
              id: "base",
              label: `${baseline.name} (pinned)`,
              of: (point: Point) => point.base,
              color: "var(--ink-3)",
              dash: "6 4",
              width: 1.5,
              format: (value: number) => formatLoss(value, 4),
            },
          ]
        : []),
      smoothLine,
      validDots,
    ],
    [baseline],
  );
  const x = useMemo(() => (point: Point) => axis.at(point.step), [axis]);
  const yAxis = useMemo((): PlotAxis => {
    const span = log ? null : calm(rows, epochs, baseline?.rows ?? NO_ROWS);
    return { label: "loss", log, format: shortLoss, ...(span ? { span } : {}) };
  }, [log, rows, epochs, baseline?.rows]);
  const marks = useMemo(() => epochMarks(stages, axis.at), [stages, axis]);
  // Kept, so that four drawings a second leave the controls alone.
  const controls = useMemo(
    () => (
      <>
        <Switch label="log" value={log} onChange={setLog} />
        <Segmented
          label="Horizontal axis"
          value={by}
          onChange={onBy}
          options={[
            { id: "step", label: "by step" },
            { id: "epoch", label: "by epoch" },
          ]}
        />
      </>
    ),
    [log, by, onBy],
  );
  return (
    <ChartFigure
      name="Loss"
      sentence={lossSentence(rows, epochs)}
      legend={series}
      controls={controls}
      table={{
        columns: ["step", "loss", "smoothed", "lr", "momentum"],
        count: drawn.length,
        row: (index) => {
          const row = drawn[index]?.row;
          return row
            ? [
                formatCount(row.step),
                formatLoss(row.loss, 4),
                formatLoss(row.smooth, 4),
                formatRate(row.lr),
                row.momentum.toFixed(3),
              ]
            : [];
        },
      }}
    >
      <LinePlot
        points={points}
        x={x}
        series={series}
        xAxis={axis.axis}
        yAxis={yAxis}
        height={height}
        marks={marks}
        roomRight
      />
    </ChartFigure>
  );
});

/** 0.05 → "0.05", 2 → "2", 1200 → "1200": as few characters as say it. */
function shortLoss(value: number): string {
  return Math.abs(value) >= 0.001 || value === 0 ? String(Number(value.toPrecision(3))) : value.toExponential(0);
}
