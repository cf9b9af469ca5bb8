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

/** Pixels around the drawing: for x labels below, for y labels at the left, and at the right where an axis stands there. */
export const ROOM = { top: 8, bottom: 22, left: 46, right: 40, rightEdge: 12 } as const;

/** A value's pixel between `from` (the low end) and `to` (the high end), on a linear or a logarithmic scale. */
export function scale({ low, high }: Span, log: boolean, from: number, to: number): (value: number) => number {
  const forth = log ? Math.log : (value: number): number => value;
  const start = forth(low);
  const factor = (to - from) / (forth(high) - start || 1);
  return (value) => from + (forth(value) - start) * factor;
}

/** The way back from a pixel to its value. */
export function unscale({ low, high }: Span, log: boolean, from: number, to: number): (pixel: number) => number {
  const forth = log ? Math.log : (value: number): number => value;
  const back = log ? Math.exp : (value: number): number => value;
  const start = forth(low);
  return (pixel) => back(start + ((pixel - from) / (to - from || 1)) * (forth(high) - start));
}

export interface PlotBox {
  readonly width: number;
  readonly height: number;
  /** Pixels kept free at the right. */
  readonly right: number;
}

/** The drawing of a box whose axes have these ends. */
export function plotArea(box: PlotBox, x: Span, xLog: boolean, y: Span, yLog: boolean): PlotArea {
  const width = Math.max(1, box.width - ROOM.left - box.right);
  const height = box.height - ROOM.top - ROOM.bottom;
  const [bottom, end] = [ROOM.top + height, ROOM.left + width];
  const toY = scale(y, yLog, bottom, ROOM.top);
  return {
    left: ROOM.left,
    top: ROOM.top,
    width,
    height,
    toX: scale(x, xLog, ROOM.left, end),
    fromX: unscale(x, xLog, ROOM.left, end),
    toY: (value) => Math.min(bottom, Math.max(ROOM.top, toY(value))),
  };
}
