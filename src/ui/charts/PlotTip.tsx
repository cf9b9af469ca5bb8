// What the cursor points at: a line through the plot, and x and the value of every line beside it.
import { useStore } from "zustand";
import type { Cursor } from "./cursor";
import { nearestWith } from "./linePath";
import type { PlotAxis } from "./plotArea";
import { LineKey } from "./LineKey";
import type { PlotArea } from "./plotArea";
import type { Series } from "./series";

export interface PlotTipProps<T> {
  readonly cursor: Cursor;
  readonly area: PlotArea;
  readonly points: readonly T[];
  readonly x: (point: T) => number;
  readonly series: readonly Series<T>[];
  readonly xAxis: PlotAxis;
}

/** Dots count as pointed at within this many pixels. */
const REACH = 14;

/** Nothing while nobody points. */
export function PlotTip<T>({ cursor, area, points, x, series, xAxis }: PlotTipProps<T>) {
  const at = useStore(cursor, (state) => state.x);
  if (at === null || points.length === 0) return null;
  const rows = series.flatMap((line) => {
    const point = nearestWith(points, x, line.of, at);
    const value = point === null ? null : line.of(point);
    if (point === null || value === null) return [];
    if (line.dots === true && Math.abs(area.toX(x(point)) - area.toX(at)) > REACH) return [];
    return [{ line, at: x(point), value }];
  });
  const first = rows.find(({ line }) => line.dots !== true);
  if (!first) return null;
  const left = area.toX(first.at);
  const flip = left > area.left + area.width / 2;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      <span
        className="absolute border-l border-dashed border-edge"
        style={{ left, top: area.top, height: area.height }}
      />
      {rows.map(({ line, at: where, value }) => (
        <span
          key={line.id}
          className="absolute size-2 -translate-1/2 rounded-full border-[1.5px] border-card"
          style={{
            left: area.toX(where),
            top: line.axis === "right" ? area.toRightY(value) : area.toY(value),
            background: line.color,
            opacity: line.opacity === undefined ? 1 : 0,
          }}
        />
      ))}
      <div
        className="absolute z-10 rounded-sm border border-line bg-card px-2.5 py-1.5 text-xs shadow-high"
        style={{ top: area.top, ...(flip ? { right: `calc(100% - ${left - 10}px)` } : { left: left + 10 }) }}
      >
        <p className="mb-0.5 font-mono text-ink-3">
          {xAxis.label} {xAxis.format(first.at)}
        </p>
        {rows.map(({ line, value }) => (
          <p key={line.id} className="flex items-center gap-2 whitespace-nowrap">
            <LineKey {...line} />
            <span className="text-ink-2">{line.label}</span>
            <span className="ml-auto pl-3 font-mono">{line.format(value)}</span>
          </p>
        ))}
      </div>
    </div>
  );
}
