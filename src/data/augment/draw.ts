// What one picture of one epoch goes through, put together step by step in fastai's order; pictures, masks and points
// all follow from it.
import { multiplyMatrices, pixelsToUnit, IDENTITY_MATRIX, type Matrix, type Padding, type PictureMap, type Size } from "../../kernels/augmentPlan"; // prettier-ignore
import type { FileFrame } from "../transforms/frame";
import { adjugate, IDENTITY, mapPoint, multiply, toMatrix, type Affine } from "./affine";

type Hole = readonly [top: number, bottom: number, left: number, right: number];

export interface Draw {
  readonly channels: number;
  /** Size of the picture with its padding. */
  readonly source: Size;
  readonly pad: { readonly rows: number; readonly columns: number; readonly padding: Padding } | null;
  /** The grid on which the picture is sampled. */
  readonly frame: Size;
  /** Coordinate functions: those before the noise, the noise, those after it. */
  readonly before: Matrix;
  readonly jitter: number;
  readonly after: Matrix;
  /** Geometry as multiplied up; not yet corrected for the frame's proportions. */
  readonly affine: Affine;
  /** logit → scale · logit + shift */
  readonly scale: number;
  readonly shift: number;
  /** Flips and crops in whole pixels: pixel (x, y) of the result → pixel of the frame. */
  readonly place: Affine;
  readonly size: Size;
  /** Once a crop has reached beyond the picture: the picture then, where the result begins in it, what lies beyond. */
  readonly beyond: {
    readonly size: Size;
    readonly offset: readonly [number, number];
    readonly padding: Padding;
  } | null;
  readonly holes: readonly Hole[];
  readonly noise: { readonly channel: number; readonly amount: number } | null;
  /** What padding, and then flips and crops, do to points (x, y); fastai measures them in half pictures, not from pixel centres. */
  readonly pointsBefore: Affine;
  readonly pointsAfter: Affine;
  readonly seed: number;
}

/** A step of a draw. */
export type Effect = (draw: Draw) => Draw;

/** A picture as it is, of height, width and channels. */
export function plainDraw([height, width, channels]: readonly [number, number, number], seed = 0): Draw {
  const source: Size = [height, width];
  return {
    ...{ source, channels, frame: source, size: source, seed },
    ...{ pad: null, beyond: null, noise: null, holes: [] },
    ...{ before: IDENTITY_MATRIX, jitter: 0, after: IDENTITY_MATRIX, affine: IDENTITY, scale: 1, shift: 0 },
    ...{ place: IDENTITY, pointsBefore: IDENTITY, pointsAfter: IDENTITY },
  };
}

/** Samples on a grid of another size. */
export const resized =
  (frame: Size): Effect =>
  (draw) => ({ ...draw, frame, size: frame });

/** Multiplied up from the left to the right, as fastai does. */
export const turned =
  (matrix: Affine): Effect =>
  (draw) => ({ ...draw, affine: multiply(draw.affine, matrix) });

/** A function of the grid's points, after those before it. */
export const warped =
  (matrix: Matrix): Effect =>
  (draw) =>
    draw.jitter === 0
      ? { ...draw, before: multiplyMatrices(matrix, draw.before) }
      : { ...draw, after: multiplyMatrices(matrix, draw.after) };

export const jittered =
  (magnitude: number): Effect =>
  (draw) => ({ ...draw, jitter: draw.jitter + magnitude });

export const lighted =
  (scale: number, shift: number): Effect =>
  (draw) => ({ ...draw, scale: draw.scale * scale, shift: draw.shift * scale + shift });

/** fastai's `dihedral`: bit 0 mirrors the rows, bit 1 the columns, bit 2 then swaps the axes. */
export const laid =
  (k: number): Effect =>
  (draw) => {
    const [height, width] = draw.size;
    const [mirrorY, mirrorX, swap] = [(k & 1) !== 0, (k & 2) !== 0, (k & 4) !== 0];
    const [right, bottom] = [width - 1, height - 1];
    const mirror: Affine = [mirrorX ? -1 : 1, 0, mirrorX ? right : 0, 0, mirrorY ? -1 : 1, mirrorY ? bottom : 0];
    const own = swap ? multiply(mirror, [0, 1, 0, 1, 0, 0]) : mirror;
    const points: Affine = swap
      ? [0, mirrorY ? -1 : 1, 0, mirrorX ? -1 : 1, 0, 0]
      : [mirrorX ? -1 : 1, 0, 0, 0, mirrorY ? -1 : 1, 0];
    const size: Size = swap ? [width, height] : draw.size;
    return { ...draw, size, place: multiply(draw.place, own), pointsAfter: multiply(points, draw.pointsAfter) };
  };

/** Widens the picture before anything else. */
export const padded =
  (rows: number, columns: number, padding: Padding): Effect =>
  (draw) => {
    const [h, w] = draw.source;
    const source: Size = [h + 2 * rows, w + 2 * columns];
    const points: Affine = [w / source[1], 0, 0, 0, h / source[0], 0];
    const pad = { rows: rows + (draw.pad?.rows ?? 0), columns: columns + (draw.pad?.columns ?? 0), padding };
    return { ...draw, source, pad, frame: source, size: source, pointsBefore: multiply(points, draw.pointsBefore) };
  };

/** The first of 1 + have − want places that is chosen by a share of them; a share of 1 is the last. */
const start = (have: number, want: number, share: number): number =>
  Math.trunc((have - want + 1) * (share === 1 ? 1 - 1e-7 : share));

/** fastai's `crop_pad`: widens what is too small on both sides alike, then cuts at a place given by two shares. */
export const cropped =
  (size: Size, row: number, column: number, padding: Padding): Effect =>
  (draw) => {
    const [h, w] = draw.size;
    const [rows, columns] = size;
    const padRows = Math.max(Math.trunc((rows - h + 1) / 2), 0);
    const padColumns = Math.max(Math.trunc((columns - w + 1) / 2), 0);
    const [tall, wide] = [h + 2 * padRows, w + 2 * padColumns];
    const [top, left] = [start(tall, rows, row), start(wide, columns, column)];
    const [y, x] = [top - padRows, left - padColumns];
    const pointsAfter = multiply(
      [
        wide / columns,
        0,
        wide / columns - 1 - (2 * left) / columns,
        0,
        tall / rows,
        tall / rows - 1 - (2 * top) / rows,
      ],
      multiply([w / wide, 0, 0, 0, h / tall, 0], draw.pointsAfter),
    );
    const holes = draw.holes.map(([from, to, first, last]): Hole => [from - y, to - y, first - x, last - x]);
    const moved = { ...draw, size, holes, pointsAfter };
    if (draw.beyond) {
      const offset = [draw.beyond.offset[0] + y, draw.beyond.offset[1] + x] as const;
      return { ...moved, beyond: { ...draw.beyond, offset } };
    }
    return padRows + padColumns > 0
      ? { ...moved, beyond: { size: draw.size, offset: [y, x], padding } }
      : { ...moved, place: multiply(draw.place, [1, 0, x, 0, 1, y]) };
  };

/** A square of zeros around a pixel (fastai's `cutout`). */
export const cutOut =
  (row: number, column: number, length: number): Effect =>
  (draw) => {
    const [height, width] = draw.size;
    const within = (value: number, size: number): number => Math.trunc(Math.min(Math.max(value, 0), size));
    const [y, x] = [Math.floor(row * height), Math.floor(column * width)];
    const hole: Hole = [
      within(y - length / 2, height),
      within(y + length / 2, height),
      within(x - length / 2, width),
      within(x + length / 2, width),
    ];
    return { ...draw, holes: [...draw.holes, hole] };
  };

/** One channel becomes noise in [0, amount). */
export const noisy =
  (channel: number, amount: number): Effect =>
  (draw) => ({ ...draw, noise: { channel, amount } });

/** The geometry corrected for the frame's proportions, so that a turn stays a turn. */
function correctedAffine({ affine: [a, b, c, d, e, f], frame: [h, w] }: Draw): Matrix {
  return toMatrix([a, b * (h / w), c, d * (w / h), e, f]);
}

/** fastai averages a picture down first where the grid has less than half of its pixels and does not zoom in. */
function reducedSize(draw: Draw, before: Matrix, after: Matrix): Size | null {
  const [[h, w], [fh, fw]] = [draw.source, draw.frame];
  const d = Math.min(h / fh, w / fw) / 2;
  if (d <= 1) return null;
  const corners = [-1, 1].flatMap((y) =>
    [-1, 1].flatMap((x) => {
      const [gx, gy] = mapPoint(before, x, y);
      return [-1, 1].flatMap((sign) => mapPoint(after, gx + sign * draw.jitter, gy + sign * draw.jitter));
    }),
  );
  const z = 2 / (Math.max(...corners) - Math.min(...corners));
  return d > z ? [Math.floor(h * (1 / d)), Math.floor(w * (1 / d))] : null;
}

/** The draw as the kernel takes it. */
export function pictureMap(draw: Draw): PictureMap {
  const toSource = multiplyMatrices(correctedAffine(draw), draw.after);
  const toGrid = multiplyMatrices(draw.before, multiplyMatrices(pixelsToUnit(draw.frame), toMatrix(draw.place)));
  const { jitter, scale, shift, holes, noise, seed } = draw;
  return {
    ...{ toGrid, toSource, jitter, scale, shift, holes, noise, seed },
    offset: draw.beyond?.offset ?? [0, 0],
    reduced: reducedSize(draw, draw.before, toSource),
  };
}

/** The sizes that all draws of a batch share, as the kernel takes them. */
export function sharedSizes({ size, beyond, pad }: Draw) {
  return { size, pad, grid: beyond?.size ?? size, ...(beyond ? { gridPadding: beyond.padding } : {}) };
}

/** Where the draw takes points (x, y) in [−1, 1]; those that leave the picture are kept. */
export function pointMap(draw: Draw): Matrix {
  const forward = multiplyMatrices(multiplyMatrices(correctedAffine(draw), draw.after), draw.before);
  return multiplyMatrices(toMatrix(draw.pointsAfter), multiplyMatrices(adjugate(forward), toMatrix(draw.pointsBefore)));
}

/** What −1 to 1 spans after a draw without chance, which never turns, where it was `frame` before. */
export function drawnFrame(draw: Draw, { left, top, width, height, turned }: FileFrame): FileFrame {
  const map = pointMap(draw);
  const [[x, y], [right, bottom]] = [mapPoint(map, -1, -1), mapPoint(map, 1, 1)];
  // In a file that is turned, its columns are the picture's rows.
  const [from, to, above, below] = turned ? [y, bottom, x, right] : [x, right, y, bottom];
  const [across, down] = [width / (to - from), height / (below - above)];
  return { left: left - (1 + from) * across, top: top - (1 + above) * down, width: 2 * across, height: 2 * down, turned }; // prettier-ignore
}

/** Points of an item as fastai orders them, (y, x) pairs, moved along in place. */
export function movePoints(draw: Draw, points: Float32Array): void {
  const map = pointMap(draw);
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x, y] = mapPoint(map, points[i + 1] as number, points[i] as number);
    points[i] = y;
    points[i + 1] = x;
  }
}
