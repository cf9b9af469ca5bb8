// Where a plot's drawing lies in its box, and how values become pixels.
import type { Span } from "./ticks";

export interface PlotAxis {
  readonly label: string;
  readonly log?: boolean;
  readonly format: (value: number) => string;
  /** Fixed ends; the data's own unless told. */
  readonly span?: Span;
  /** Only whole numbers are marked. */
  readonly whole?: boolean;
}

/** The ends of an axis, and whether its values are spread by their logarithms. */
export interface Scale extends Span {
  readonly log: boolean;
}

/** In pixels from the upper left corner of the plot. */
export interface PlotBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where the drawing lies in its box, in pixels, and how values become pixels. */
export interface PlotArea extends PlotBox {
  readonly toX: (value: number) => number;
  readonly fromX: (pixel: number) => number;
  readonly toY: (value: number) => number;
  /** On the right axis. */
  readonly toRightY: (value: number) => number;
}

/** Position of a value on an axis, 0 to 1 (beyond it for values beyond the ends). */
function shareOn({ low, high, log }: Scale, value: number): number {
  if (log) return Math.log(value / low) / (Math.log(high / low) || 1);
  return (value - low) / (high - low || 1);
}

/** The value at a position, the inverse of `shareOn`. */
function valueAt({ low, high, log }: Scale, share: number): number {
  return log ? low * (high / low) ** share : low + (high - low) * share;
}

/** The functions of a box with its axes. */
export function plotArea(box: PlotBox, x: Scale, y: Scale, right: Scale = y): PlotArea {
  const down = (scale: Scale) => (value: number) => box.top + box.height * (1 - shareOn(scale, value));
  return {
    ...box,
    toX: (value) => box.left + box.width * shareOn(x, value),
    fromX: (pixel) => valueAt(x, (pixel - box.left) / (box.width || 1)),
    toY: down(y),
    toRightY: down(right),
  };
}
