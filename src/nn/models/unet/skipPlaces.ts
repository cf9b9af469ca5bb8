// Where a U-Net taps its encoder: the last part before every change of size (fastai's `_get_sfs_idxs`).
import type { Shape } from "../../module";
import type { Body } from "../body";

/** Shape of one item after every part of the encoder, for pictures of `input` [H, W, C]. */
export function stageShapes({ stages }: Body, input: Shape): Shape[] {
  const shapes: Shape[] = [];
  let shape = input;
  for (const part of stages.layers) {
    shape = part.trace(shape, () => undefined, "");
    shapes.push(shape);
  }
  return shapes;
}

/** The parts whose width differs from that of the next one, deepest first. */
export function skipPlaces(shapes: readonly Shape[]): number[] {
  const widths = shapes.map(([, width]) => width);
  return widths.flatMap((width, i) => (i + 1 < widths.length && width !== widths[i + 1] ? [i] : [])).reverse();
}
