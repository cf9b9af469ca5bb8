// Lines over a common x: the drawing part of every line chart, as plain SVG that costs about a millisecond to draw again.
import { memo, useCallback, useId, useMemo, useState, type ReactNode } from "react";
import { createCursor, groupCursor } from "./cursors";
import { linePath } from "./linePath";
import { PlotMarks, XAxis, YAxis, type PlotMark } from "./PlotAxes";
import { plotArea, ROOM, scale, type PlotArea, type PlotAxis } from "./plotArea";
import { PlotCursor } from "./PlotCursor";
import type { Series } from "./series";
import { airy, spanOf, type Span } from "./ticks";
import { useBox, useFrozen } from "./useBox";

export interface LinePlotProps<T> {
  /** In the order of x. */
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

const NO_MARKS: readonly PlotMark[] = [];

/** Ends of an axis: the given ones, or those of the data with a little air. */
function spanFor<T>(axis: PlotAxis, points: readonly T[], series: readonly Series<T>[]): Span {
  if (axis.span) return axis.span;
  const log = axis.log === true;
  const values = series.flatMap(({ of }) => points.map(of));
  return airy(spanOf(values, log) ?? (log ? { low: 0.1, high: 1 } : { low: 0, high: 1 }), log);
}

function Plot<T>(props: LinePlotProps<T>) {
  const { x, series, xAxis, yAxis, rightAxis, height, group, overlay, tip = true, roomRight = false } = props;
  const { ref, width, visible } = useBox();
  const points = useFrozen(props.points, !visible);
  const clip = useId();
  const [own] = useState(createCursor);

  const xSpan = useMemo(
    () => xAxis.span ?? spanOf(points.map(x), xAxis.log) ?? { low: 0, high: 1 },
    [xAxis, points, x],
  );
  const ySpan = useMemo(
    () =>
      spanFor(
        yAxis,
        points,
        series.filter(({ axis }) => axis !== "right"),
      ),
    [yAxis, points, series],
  );
  const rightSpan = useMemo(
    () =>
      rightAxis &&
      spanFor(
        rightAxis,
        points,
        series.filter(({ axis }) => axis === "right"),
      ),
    [rightAxis, points, series],
  );
  const room = rightAxis || roomRight ? ROOM.right : ROOM.rightEdge;
  const area = useMemo(
    () => plotArea({ width, height, right: room }, xSpan, xAxis.log === true, ySpan, yAxis.log === true),
    [width, height, room, xSpan, xAxis.log, ySpan, yAxis.log],
  );
  const toY = useMemo(() => {
    const ends = [area.top + area.height, area.top] as const;
    const left = scale(ySpan, yAxis.log === true, ...ends);
    const right = rightSpan ? scale(rightSpan, rightAxis?.log === true, ...ends) : left;
    return (line: Series<T>, point: T): number | null => {
      const value = line.of(point);
      const y = value === null ? NaN : (line.axis === "right" ? right : left)(value);
      return Number.isFinite(y) ? y : null;
    };
  }, [area, ySpan, yAxis.log, rightSpan, rightAxis?.log]);
  const toX = useCallback((point: T) => area.toX(x(point)), [area, x]);

  const size = { width: area.width, height: area.height };
  return (
    <div ref={ref} className="relative min-w-0 select-none [contain:layout_style]" style={{ height }}>
      {width > 0 && (
        <svg aria-hidden width={width} height={height} className="absolute inset-0 overflow-visible">
          <clipPath id={clip}>
            <rect x={area.left} y={area.top} {...size} />
          </clipPath>
          <YAxis {...ySpan} {...size} log={yAxis.log === true} format={yAxis.format} />
          {rightAxis && rightSpan && (
            <YAxis right {...rightSpan} {...size} log={rightAxis.log === true} format={rightAxis.format} />
          )}
          <XAxis
            {...xSpan}
            {...size}
            room={room}
            log={xAxis.log === true}
            whole={xAxis.whole === true}
            format={xAxis.format}
          />
          <PlotMarks marks={props.marks ?? NO_MARKS} toX={area.toX} height={area.height} />
          <g clipPath={`url(#${clip})`} fill="none" strokeLinejoin="round">
            {series.map(
              (line) =>
                line.dots !== true && (
                  <path
                    key={line.id}
                    d={linePath(points, toX, (point) => toY(line, point))}
                    stroke={line.color}
                    strokeWidth={line.width ?? 2}
                    strokeOpacity={line.opacity}
                    strokeDasharray={line.dash}
                  />
                ),
            )}
          </g>
          {series.map(
            (line) =>
              (line.dots === true || line.marked === true) && <Dots key={line.id} {...{ line, points, toX, toY }} />,
          )}
        </svg>
      )}
      {width > 0 && tip && (
        <PlotCursor
          cursor={group === undefined ? own : groupCursor(group)}
          {...{ points, x, series, xAxis, area, toY }}
        />
      )}
      {width > 0 && overlay?.(area)}
    </div>
  );
}

interface DotsProps<T> extends Pick<LinePlotProps<T>, "points"> {
  readonly line: Series<T>;
  readonly toX: (point: T) => number;
  readonly toY: (line: Series<T>, point: T) => number | null;
}

function Dots<T>({ line, points, toX, toY }: DotsProps<T>) {
  return (
    <g fill={line.color} stroke="var(--card)" strokeWidth="1.5">
      {points.map((point, index) => {
        const y = toY(line, point);
        return y !== null && <circle key={index} cx={toX(point)} cy={y} r={line.dots === true ? 4.5 : 3} />;
      })}
    </g>
  );
}

/** Draws lines; draws again only when a prop changed and somebody can see it. */
export const LinePlot = memo(Plot) as typeof Plot;
