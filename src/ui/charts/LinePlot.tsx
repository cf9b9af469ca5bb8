// Lines over a common x: the drawing part of every line chart, on recharts, without animations.
import { memo, useId, useMemo, type ReactNode } from "react";
import { CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from "recharts";
import { PlotTip } from "./PlotTip";
import type { Series } from "./series";
import { airy, linearTicks, logTicks, spanOf, type Span } from "./ticks";
import { useBox, useFrozen } from "./useBox";

export interface PlotAxis {
  readonly label: string;
  readonly log?: boolean;
  readonly format: (value: number) => string;
  /** Fixed ends; the data's own unless told. */
  readonly span?: Span;
  /** Only whole numbers are marked. */
  readonly whole?: boolean;
}

/** Where the drawing lies in its box, in pixels, and how values become pixels. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly toX: (value: number) => number;
  readonly fromX: (pixel: number) => number;
  /** On the left axis, kept within the drawing. */
  readonly toY: (value: number) => number;
}

export interface PlotMark {
  readonly x: number;
  readonly label?: string;
  readonly dashed?: boolean;
  /** Where the label stands; at the top, right of the line, unless told. */
  readonly place?: "insideTopLeft" | "insideBottomLeft" | "insideBottomRight";
}

export interface LinePlotProps<T> {
  readonly points: readonly T[];
  readonly x: (point: T) => number;
  readonly series: readonly Series<T>[];
  readonly xAxis: PlotAxis;
  readonly yAxis: PlotAxis;
  readonly rightAxis?: PlotAxis;
  readonly height: number;
  readonly marks?: readonly PlotMark[];
  /** Charts of one group share their cursor. */
  readonly group?: string;
  /** Drawn over the plot, in its coordinates. */
  readonly overlay?: (area: PlotArea) => ReactNode;
  readonly tip?: boolean;
  /** Keeps the room of a right axis free, so that the drawing lines up with one that has it. */
  readonly roomRight?: boolean;
}

const TOP = 8;
const BOTTOM = 22;
const Y_WIDTH = 46;
const RIGHT = 40;
const tick = { fontSize: 11, fill: "var(--ink-3)", fontFamily: "var(--mono)" };

/** Ends of an axis: the given ones, or those of the data with a little air. */
function spanFor<T>(axis: PlotAxis, points: readonly T[], series: readonly Series<T>[]): Span {
  if (axis.span) return axis.span;
  const values = series.flatMap(({ of }) => points.map(of));
  return airy(
    spanOf(values, axis.log) ?? (axis.log === true ? { low: 0.1, high: 1 } : { low: 0, high: 1 }),
    axis.log === true,
  );
}

function Plot<T>(props: LinePlotProps<T>) {
  const { x, series, xAxis, yAxis, rightAxis, height, group, overlay, tip = true, roomRight = false } = props;
  const { ref, width, visible } = useBox();
  const points = useFrozen(props.points, !visible);
  const clip = useId();

  const left = useMemo(() => series.filter(({ axis }) => axis !== "right"), [series]);
  const right = useMemo(() => series.filter(({ axis }) => axis === "right"), [series]);
  const xSpan = useMemo(
    () => xAxis.span ?? spanOf(points.map(x), xAxis.log) ?? { low: 0, high: 1 },
    [xAxis, points, x],
  );
  const ySpan = useMemo(() => spanFor(yAxis, points, left), [yAxis, points, left]);
  const rightSpan = useMemo(() => rightAxis && spanFor(rightAxis, points, right), [rightAxis, points, right]);
  const data = useMemo(
    () =>
      points.map((point) => {
        const row: Record<string, number | null> = { x: x(point) };
        for (const { id, of, axis } of series) {
          const value = of(point);
          const log = axis === "right" ? rightAxis?.log : yAxis.log;
          row[id] = value !== null && Number.isFinite(value) && (log !== true || value > 0) ? value : null;
        }
        return row;
      }),
    [points, series, x, yAxis.log, rightAxis?.log],
  );

  const rightWidth = rightAxis || roomRight ? RIGHT : 12;
  const area = useMemo((): PlotArea => {
    const inner = Math.max(1, width - Y_WIDTH - rightWidth);
    const forth = xAxis.log === true ? Math.log : (value: number) => value;
    const back = xAxis.log === true ? Math.exp : (value: number) => value;
    const [from, to] = [forth(xSpan.low), forth(xSpan.high)];
    const span = to - from || 1;
    const tall = height - TOP - BOTTOM;
    const up = yAxis.log === true ? Math.log : (value: number) => value;
    const share = (value: number): number => (up(value) - up(ySpan.low)) / (up(ySpan.high) - up(ySpan.low) || 1);
    return {
      left: Y_WIDTH,
      top: TOP,
      width: inner,
      height: tall,
      toX: (value) => Y_WIDTH + ((forth(value) - from) / span) * inner,
      fromX: (pixel) => back(from + ((pixel - Y_WIDTH) / inner) * span),
      toY: (value) => TOP + tall * (1 - Math.min(1, Math.max(0, share(value)))),
    };
  }, [width, rightWidth, xAxis.log, yAxis.log, xSpan, ySpan, height]);

  const yTicks = (axis: PlotAxis, { low, high }: Span): number[] =>
    axis.log === true ? logTicks(low, high) : linearTicks(low, high, Math.max(3, Math.round(area.height / 38)));
  const xTicks =
    xAxis.log === true
      ? logTicks(xSpan.low, xSpan.high)
      : linearTicks(xSpan.low, xSpan.high, Math.max(2, Math.round(area.width / 110))).filter(
          (tick) => xAxis.whole !== true || Number.isInteger(tick),
        );

  return (
    <div ref={ref} className="relative min-w-0 select-none" style={{ height }}>
      {width > 0 && (
        <div aria-hidden className="contents">
          <ComposedChart
            width={width}
            height={height}
            data={data}
            margin={{ top: TOP, right: rightAxis ? 0 : rightWidth, bottom: 0, left: 0 }}
            accessibilityLayer={false}
            throttleDelay={50}
            {...(group === undefined ? {} : { syncId: group, syncMethod: "value" as const })}
          >
            <CartesianGrid vertical={false} stroke="var(--line)" yAxisId="left" />
            <XAxis
              dataKey="x"
              type="number"
              scale={xAxis.log === true ? "log" : "linear"}
              domain={[xSpan.low, xSpan.high]}
              ticks={xTicks}
              tickFormatter={xAxis.format}
              tick={tick}
              tickLine={false}
              axisLine={{ stroke: "var(--line-strong)" }}
              height={BOTTOM}
              allowDataOverflow
              interval="preserveStartEnd"
              minTickGap={14}
            />
            <YAxis
              yAxisId="left"
              scale={yAxis.log === true ? "log" : "linear"}
              domain={[ySpan.low, ySpan.high]}
              ticks={yTicks(yAxis, ySpan)}
              tickFormatter={yAxis.format}
              tick={tick}
              tickLine={false}
              axisLine={false}
              width={Y_WIDTH}
              allowDataOverflow
              interval={0}
            />
            {rightAxis && rightSpan && (
              <YAxis
                yAxisId="right"
                orientation="right"
                domain={[rightSpan.low, rightSpan.high]}
                ticks={yTicks(rightAxis, rightSpan)}
                tickFormatter={rightAxis.format}
                tick={tick}
                tickLine={false}
                axisLine={false}
                width={rightWidth}
                allowDataOverflow
                interval={0}
              />
            )}
            {(props.marks ?? []).map((mark) => (
              <ReferenceLine
                key={mark.x}
                x={mark.x}
                yAxisId="left"
                stroke="var(--line-strong)"
                {...(mark.dashed === true ? { strokeDasharray: "2 4" } : {})}
                {...(mark.label === undefined
                  ? {}
                  : {
                      label: {
                        value: mark.label,
                        position: mark.place ?? "insideTopLeft",
                        fontSize: 10.5,
                        fill: "var(--ink-3)",
                      },
                    })}
              />
            ))}
            {tip && (
              <Tooltip
                isAnimationActive={false}
                cursor={{ stroke: "var(--edge)", strokeDasharray: "2 3" }}
                content={<PlotTip series={series} xAxis={xAxis} />}
              />
            )}
            {series.map((line) => (
              <Line
                key={line.id}
                id={`${clip}-${line.id}`}
                yAxisId={line.axis ?? "left"}
                dataKey={line.id}
                name={line.label}
                type="linear"
                stroke={line.color}
                strokeWidth={line.dots === true ? 0 : (line.width ?? 2)}
                strokeOpacity={line.opacity ?? 1}
                strokeLinejoin="round"
                {...(line.dash === undefined ? {} : { strokeDasharray: line.dash })}
                dot={
                  line.dots === true || line.marked === true
                    ? {
                        r: line.dots === true ? 4.5 : 3,
                        fill: line.color,
                        stroke: "var(--card)",
                        strokeWidth: 1.5,
                        strokeDasharray: "none",
                        clipDot: false,
                      }
                    : false
                }
                activeDot={line.opacity === undefined ? { r: 3.5, stroke: "var(--card)", strokeWidth: 1.5 } : false}
                connectNulls
                isAnimationActive={false}
              />
            ))}
          </ComposedChart>
        </div>
      )}
      {width > 0 && overlay?.(area)}
    </div>
  );
}

/** Draws lines; draws again only when a prop changed and somebody can see it. */
export const LinePlot = memo(Plot) as typeof Plot;
