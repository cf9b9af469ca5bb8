// A short piece of a line as it is drawn, for legends.
import type { Series } from "./series";

export interface LineKeyProps extends Pick<Series<never>, "color" | "dash"> {
  readonly dots?: boolean | undefined;
  readonly opacity?: number | undefined;
}

/** Colour, dash and dots of a series. */
export function LineKey({ color, dash, dots, opacity = 1 }: LineKeyProps) {
  return (
    <svg width="18" height="8" aria-hidden className="shrink-0">
      {dots === true ? (
        <circle cx="9" cy="4" r="3.5" fill={color} />
      ) : (
        <line
          x1="0"
          x2="18"
          y1="4"
          y2="4"
          stroke={color}
          strokeWidth="2"
          strokeDasharray={dash}
          strokeOpacity={opacity}
        />
      )}
    </svg>
  );
}
