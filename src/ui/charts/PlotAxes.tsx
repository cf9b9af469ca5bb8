// What a plot's lines stand on: grid, axes with their labels, and marks across.
import { memo } from "react";
import type { PlotArea } from "./plotArea";

export interface PlotMark {
  readonly x: number;
  readonly label?: string;
  readonly dashed?: boolean;
  /** Where the label stands: at the top, right of the line, unless told; else at the bottom, on that side of it. */
  readonly place?: "top" | "bottomLeft" | "bottomRight";
}

export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface PlotAxesProps {
  readonly area: PlotArea;
  readonly x: readonly Tick[];
  readonly y: readonly Tick[];
  readonly right: readonly Tick[];
  readonly marks: readonly PlotMark[];
}

const text = { fontSize: 11, fill: "var(--ink-3)", fontFamily: "var(--mono)" };

/** Everything but the lines. */
export const PlotAxes = memo(function PlotAxes({ area, x, y, right, marks }: PlotAxesProps) {
  const [start, end] = [area.left, area.left + area.width];
  const bottom = area.top + area.height;
  return (
    <>
      {y.map(({ at, text: label }) => (
        <g key={`y${at}`}>
          <line x1={start} x2={end} y1={area.toY(at)} y2={area.toY(at)} stroke="var(--line)" />
          <text {...text} x={start - 7} y={area.toY(at)} dy="0.35em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {right.map(({ at, text: label }) => (
        <text key={`r${at}`} {...text} x={end + 7} y={area.toRightY(at)} dy="0.35em">
          {label}
        </text>
      ))}
      <line x1={start} x2={end} y1={bottom} y2={bottom} stroke="var(--line-strong)" />
      {x.map(({ at, text: label }) => (
        <text key={`x${at}`} {...text} x={area.toX(at)} y={bottom + 15} textAnchor="middle">
          {label}
        </text>
      ))}
      {marks.map(({ x: at, label, dashed, place = "top" }) => {
        const left = place === "bottomLeft";
        return (
          <g key={`m${at}${label ?? ""}`}>
            <line
              x1={area.toX(at)}
              x2={area.toX(at)}
              y1={area.top}
              y2={bottom}
              stroke="var(--line-strong)"
              {...(dashed === true ? { strokeDasharray: "2 4" } : {})}
            />
            {label !== undefined && (
              <text
                {...text}
                fontFamily="var(--sans)"
                x={area.toX(at) + (left ? -5 : 5)}
                y={place === "top" ? area.top + 10 : bottom - 6}
                textAnchor={left ? "end" : "start"}
              >
                {label}
              </text>
            )}
          </g>
        );
      })}
    </>
  );
});
