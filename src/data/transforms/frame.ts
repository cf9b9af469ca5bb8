// Which part of a picture a transform's result shows: what points need to follow it.
import { FRAME_NUMBERS } from "../../spec/fileFrame";
import type { Window } from "./resample";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A window of the source, in its pixels; it may reach beyond the source. */
export type Frame = Window;

/** The whole picture. */
export const wholeFrame = ({ width, height }: Size): Frame => ({ left: 0, top: 0, width, height });

/** A window of the file as points of the recipe lie in it: negative sizes are mirrored. */
export interface FileFrame extends Frame {
  /** The picture's rows are the file's columns. */
  readonly turned: boolean;
}

/** The last numbers of a record of points. */
export function keptFrame(record: Uint8Array<ArrayBuffer>): FileFrame {
  const [top = 0, left = 0, height = 0, width = 0, turned = 0] = new Float32Array(
    record.slice(-4 * FRAME_NUMBERS).buffer,
  );
  return { left, top, width, height, turned: turned !== 0 };
}

/** A file's frame as it is kept, and as it crosses to the page. */
export const frameNumbers = ({ top, left, height, width, turned }: FileFrame): number[] => [
  ...[top, left, height, width],
  turned ? 1 : 0,
];

/** First `outer`, whose result has the size `between`, then `inner` within that result. */
export function within(outer: Frame, between: Size, inner: Frame): Frame {
  const [across, down] = [outer.width / between.width, outer.height / between.height];
  return {
    left: outer.left + inner.left * across,
    top: outer.top + inner.top * down,
    width: inner.width * across,
    height: inner.height * down,
  };
}

/** Place of a pixel outside of [0, n) mirrored back in, the edge itself not doubled. */
export function mirror(i: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1);
  const at = ((i % period) + period) % period;
  return at < n ? at : period - at;
}

/** Points (y, x in pixels of the picture) as (y, x) from −1 to 1 within the frame; outside of it they lie beyond ±1. */
export function framePoints(points: ArrayLike<number>, { left, top, width, height }: Frame): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: points.length }, (_, i) => {
    const [start, length] = i % 2 === 0 ? [top, height] : [left, width];
    return (2 * ((points[i] as number) - start)) / length - 1;
  });
}
