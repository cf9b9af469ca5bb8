// Lines over a common x: the drawing part of every line chart, as plain SVG that costs about a millisecond to draw again.
import { memo, useId, useMemo, type ReactNode } from "react";
import { useCursor } from "./cursor";
import { linePath } from "./linePath";
import { PlotAxes, type PlotMark, type Tick } from "./PlotAxes";
import { plotArea, type PlotArea, type PlotAxis, type Scale } from "./plotArea";
import { PlotTip } from "./PlotTip";
import type { Series } from "./series";
import { airy, linearTicks, logTicks, spanOf } from "./ticks";
import { useBox, useFrozen } from "./useBox";

export interface LinePlotProps<T> {
  /** Sorted by x. */
  readonly points: readonly T[];
  readonly x: (point: T) => number;
  readonly series: readonly Series<T>[];
  readonly xAxis: PlotAxis;
  readonly yAxis: PlotAxis;
  readonly rightAxis?: PlotAxis;
  readonly height: number;
  readonly marks?: readonly PlotMark[];
  /** Drawn over the plot, in its coordinates. */
  readonly overlay?: (area: PlotArea) => ReactNode;
  readonly tip?: boolean;
  /** Keeps the room of a right axis free, so that the drawing lines up with one that has it. */
  readonly roomRight?: boolean;
}

const TOP = 8;
const BOTTOM = 22;
const LEFT = 46;
const RIGHT = 40;
const NO_MARKS: readonly PlotMark[] = [];
const EMPTY = { log: { low: 0.1, high: 1 }, linear: { low: 0, high: 1 } } as const;

/** Ends of an axis: the given ones, or those of the data with a little air. */
function scaleOf<T>(axis: PlotAxis, points: readonly T[], series: readonly Series<T>[]): Scale {
  const log = axis.log === true;
  if (axis.span) return { ...axis.span, log };
  const found = spanOf(values(points, series), log);
  return { ...(found ? airy(found, log) : EMPTY[log ? "log" : "linear"]), log };
}

function* values<T>(points: readonly T[], series: readonly Series<T>[]): Generator<number | null> {
  for (const { of } of series) for (const point of points) yield of(point);
}

function ticksOf(axis: PlotAxis, { low, high, log }: Scale, count: number): Tick[] {
  return (log ? logTicks(low, high) : linearTicks(low, high, count))
    .filter((at) => axis.whole !== true || Number.isInteger(at))
    .map((at) => ({ at, text: axis.format(at) }));
}

function Plot<T>(props: LinePlotProps<T>) {
  const { x, series, xAxis, yAxis, rightAxis, height, overlay } = props;
  const { marks = NO_MARKS, tip = true, roomRight = false } = props;
  const { ref, width, visible } = useBox();
  const points = useFrozen(props.points, !visible);
  const cursor = useCursor();
  const clip = useId();
  const { area, ticks } = useMemo(() => {
    const side = rightAxis || roomRight ? RIGHT : 12;
    const box = { left: LEFT, top: TOP, width: Math.max(1, width - LEFT - side), height: height - TOP - BOTTOM };
    const log = xAxis.log === true;
    const along = { ...(xAxis.span ?? spanOf(points.map(x), log) ?? EMPTY[log ? "log" : "linear"]), log };
    const up = scaleOf(
      yAxis,
      points,
      series.filter(({ axis }) => axis !== "right"),
    );
    const right =
      rightAxis &&
      scaleOf(
        rightAxis,
        points,
        series.filter(({ axis }) => axis === "right"),
      );
    const rows = Math.max(3, Math.round(box.height / 38));
    return {
      area: plotArea(box, along, up, right),
      ticks: {
        x: ticksOf(xAxis, along, Math.max(2, Math.round(box.width / 110))),
        y: ticksOf(yAxis, up, rows),
        right: rightAxis && right ? ticksOf(rightAxis, right, rows) : [],
      },
    };
  }, [points, x, series, xAxis, yAxis, rightAxis, roomRight, width, height]);
  return (
    <div
      ref={ref}
      className="relative min-w-0 select-none"
      style={{ height }}
      {...(tip
        ? {
            onPointerMove: (event) =>
              cursor.setState({ x: area.fromX(event.clientX - event.currentTarget.getBoundingClientRect().left) }),
            onPointerLeave: () => cursor.setState({ x: null }),
          }
        : {})}
    >
      {width > 0 && (
        <svg aria-hidden width={width} height={height} className="absolute inset-0 overflow-visible">
          <clipPath id={clip}>
            <rect x={area.left} y={area.top - 4} width={area.width} height={area.height + 4} />
          </clipPath>
          <PlotAxes area={area} {...ticks} marks={marks} />
          {series.map((line) => (
            <Line key={line.id} line={line} points={points} x={x} area={area} clip={clip} />
          ))}
        </svg>
      )}
      {width > 0 && overlay?.(area)}
      {width > 0 && tip && <PlotTip cursor={cursor} area={area} points={points} x={x} series={series} xAxis={xAxis} />}
    </div>
  );
}

interface LineProps<T> extends Pick<LinePlotProps<T>, "points" | "x"> {
  readonly line: Series<T>;
  readonly area: PlotArea;
  readonly clip: string;
}

function Line<T>({ line, points, x, area, clip }: LineProps<T>) {
  const toX = (point: T): number => area.toX(x(point));
  const toY = line.axis === "right" ? area.toRightY : area.toY;
  const dots = line.dots === true || line.marked === true ? points.filter((point) => line.of(point) !== null) : [];
  return (
    <>
      {line.dots !== true && (
        <path
          d={linePath(points, toX, line.of, toY)}
          clipPath={`url(#${clip})`}
          fill="none"
          stroke={line.color}
          strokeWidth={line.width ?? 2}
          strokeOpacity={line.opacity ?? 1}
          strokeLinejoin="round"
          {...(line.dash === undefined ? {} : { strokeDasharray: line.dash })}
        />
      )}
      {dots.map((point) => {
        const [left, top] = [toX(point), toY(line.of(point) ?? 0)];
        const look = { fill: line.color, stroke: "var(--card)", strokeWidth: 1.5 };
        // What lies above the drawing stands at its edge as an arrow.
        if (top < area.top) return <path key={x(point)} {...look} d={`M${left},${area.top - 5}l6,10h-12z`} />;
        return <circle key={x(point)} {...look} cx={left} cy={top} r={line.dots === true ? 4.5 : 3} />;
      })}
    </>
  );
}

/** Draws lines; draws again only when a prop changed and somebody can see it. */
export const LinePlot = memo(Plot) as typeof Plot;
