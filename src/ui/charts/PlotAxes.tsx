// What stands still while lines grow: the grid, the axes with their labels, and the marks.
import { memo } from "react";
import { axisTicks, spacedLabels } from "./axisTicks";
import { ROOM, scale, type PlotAxis } from "./plotArea";

export interface PlotMark {
  readonly x: number;
  readonly label?: string;
  readonly dashed?: boolean;
  /** Where the label stands; at the top, right of the line, unless told. */
  readonly place?: "insideTopLeft" | "insideBottomLeft" | "insideBottomRight";
}

/** Ends are plain numbers, so that an axis is drawn anew only when they change. */
interface AxisProps extends Pick<PlotAxis, "log" | "whole" | "format"> {
  readonly low: number;
  readonly high: number;
  /** Size of the drawing, in pixels. */
  readonly width: number;
  readonly height: number;
}

const label = { fontSize: 11, fill: "var(--ink-3)", fontFamily: "var(--mono)" };
const MARGIN = 8;

/** Horizontal lines with a value before each; with `right` only the values, behind the drawing. */
export const YAxis = memo(function YAxis({
  low,
  high,
  log,
  format,
  width,
  height,
  right,
}: AxisProps & { readonly right?: boolean }) {
  const toY = scale({ low, high }, log === true, ROOM.top + height, ROOM.top);
  const ticks = axisTicks({ ...(log === true ? { log } : {}) }, { low, high }, Math.max(3, Math.round(height / 38)));
  const end = ROOM.left + width;
  const lines = [...new Set([ROOM.top, ...ticks.map(toY), ROOM.top + height])];
  return (
    <g>
      {right !== true && lines.map((y) => <line key={y} x1={ROOM.left} x2={end} y1={y} y2={y} stroke="var(--line)" />)}
      {ticks.map((tick) => (
        <text
          key={tick}
          {...label}
          x={right === true ? end + MARGIN : ROOM.left - MARGIN}
          y={toY(tick)}
          dy="0.355em"
          textAnchor={right === true ? "start" : "end"}
        >
          {format(tick)}
        </text>
      ))}
    </g>
  );
});

/** The line below the drawing, and values under it. */
export const XAxis = memo(function XAxis({
  low,
  high,
  log,
  whole,
  format,
  width,
  height,
  room,
}: AxisProps & { readonly room: number }) {
  const end = ROOM.left + width;
  const y = ROOM.top + height;
  const ticks = axisTicks(
    { log: log === true, whole: whole === true },
    { low, high },
    Math.max(2, Math.round(width / 110)),
  );
  const toX = scale({ low, high }, log === true, ROOM.left, end);
  return (
    <g>
      <line x1={ROOM.left} x2={end} y1={y} y2={y} stroke="var(--line-strong)" />
      {spacedLabels(ticks, format, toX, end + room).map(({ value, text, at }) => (
        <text key={value} {...label} x={at} y={y + MARGIN} dy="0.71em" textAnchor="middle">
          {text}
        </text>
      ))}
    </g>
  );
});

interface MarksProps {
  readonly marks: readonly PlotMark[];
  readonly toX: (value: number) => number;
  readonly height: number;
}

/** Vertical lines, each with a few words beside it. */
export function PlotMarks({ marks, toX, height }: MarksProps) {
  return marks.map(({ x, label: text, dashed, place = "insideTopLeft" }) => {
    const at = toX(x);
    const low = place !== "insideTopLeft";
    return (
      <g key={x}>
        <line
          x1={at}
          x2={at}
          y1={ROOM.top}
          y2={ROOM.top + height}
          stroke="var(--line-strong)"
          {...(dashed === true ? { strokeDasharray: "2 4" } : {})}
        />
        {text !== undefined && (
          <text
            x={place === "insideBottomRight" ? at - 5 : at + 5}
            y={low ? ROOM.top + height - 5 : ROOM.top + 5}
            dy={low ? 0 : "0.71em"}
            textAnchor={place === "insideBottomRight" ? "end" : "start"}
            fontSize={10.5}
            fill="var(--ink-3)"
          >
            {text}
          </text>
        )}
      </g>
    );
  });
}
