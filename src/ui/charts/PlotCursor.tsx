// What the pointer is at: a line, a dot on every series, and a card with their values; charts of one group follow each other.
import { memo, useRef, type PointerEvent } from "react";
import { useStore } from "zustand";
import type { PlotCursorStore } from "./cursors";
import type { PlotArea, PlotAxis } from "./plotArea";
import { PlotTip } from "./PlotTip";
import type { Series } from "./series";

export interface PlotCursorProps<T> {
  readonly cursor: PlotCursorStore;
  /** In the order of x. */
  readonly points: readonly T[];
  readonly x: (point: T) => number;
  readonly series: readonly Series<T>[];
  readonly xAxis: PlotAxis;
  readonly area: PlotArea;
  /** A value's pixel on its own axis, null where it cannot be drawn. */
  readonly toY: (line: Series<T>, point: T) => number | null;
}

/** The point nearest to `at`; null without any. */
export function nearestPoint<T>(points: readonly T[], x: (point: T) => number, at: number): T | null {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x(points[middle] as T) < at) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [points[low - 1], points[low]];
  if (after === undefined) return null;
  return before !== undefined && at - x(before) < x(after) - at ? before : after;
}

function Cursor<T>({ cursor, points, x, series, xAxis, area, toY }: PlotCursorProps<T>) {
  const box = useRef<HTMLDivElement>(null);
  const at = useStore(cursor);
  const follow = (event: PointerEvent): void => {
    const edge = box.current?.getBoundingClientRect();
    if (!edge) return;
    const pixel = Math.min(area.left + area.width, Math.max(area.left, event.clientX - edge.left));
    cursor.setState({ x: area.fromX(pixel), down: event.clientY - edge.top, over: box.current }, true);
  };
  const point = at.x === null ? null : nearestPoint(points, x, at.x);
  const left = point === null ? 0 : area.toX(x(point));
  const toTheLeft = left > area.left + area.width / 2;
  return (
    <div
      ref={box}
      className="absolute inset-0"
      onPointerMove={follow}
      onPointerLeave={() => cursor.setState({ x: null, down: 0, over: null }, true)}
    >
      {point !== null && left >= area.left - 1 && left <= area.left + area.width + 1 && (
        <>
          <svg className="pointer-events-none absolute inset-0 size-full overflow-visible">
            <line
              x1={left}
              x2={left}
              y1={area.top}
              y2={area.top + area.height}
              stroke="var(--edge)"
              strokeDasharray="2 3"
            />
            {series.map((line) => {
              const y = line.opacity === undefined ? toY(line, point) : null;
              return (
                y !== null && (
                  <circle
                    key={line.id}
                    cx={left}
                    cy={y}
                    r="3.5"
                    fill={line.color}
                    stroke="var(--card)"
                    strokeWidth="1.5"
                  />
                )
              );
            })}
          </svg>
          <div
            className="pointer-events-none absolute z-3"
            style={{
              left,
              top: at.over === box.current ? Math.min(at.down, area.top + area.height) : area.top,
              transform: toTheLeft ? "translate(calc(-100% - 10px), 0)" : "translate(10px, 0)",
            }}
          >
            <PlotTip point={point} x={x} series={series} xAxis={xAxis} />
          </div>
        </>
      )}
    </div>
  );
}

/** Costs nothing until a pointer comes. */
export const PlotCursor = memo(Cursor) as typeof Cursor;
