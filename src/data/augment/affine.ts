// Maps of the plane from points of the result to points of the source, x and y in [−1, 1].
import { multiplyMatrices, type Matrix } from "../../kernels/augmentPlan";

/** Rows of a 2×3 matrix: x' = a·x + b·y + c, y' = d·x + e·y + f. */
export type Affine = readonly [number, number, number, number, number, number];

export const IDENTITY: Affine = [1, 0, 0, 0, 1, 0];

/** m · n: first n, then m. */
export function multiply(m: Affine, n: Affine): Affine {
  return [
    m[0] * n[0] + m[1] * n[3],
    m[0] * n[1] + m[1] * n[4],
    m[0] * n[2] + m[1] * n[5] + m[2],
    m[3] * n[0] + m[4] * n[3],
    m[3] * n[1] + m[4] * n[4],
    m[3] * n[2] + m[4] * n[5] + m[5],
  ];
}

/** As a 3×3 matrix on (x, y, 1). */
export const toMatrix = (m: Affine): Matrix => [...m, 0, 0, 1];

/** What undoes a matrix, up to a factor, which does not change the map. */
export function adjugate([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d]; // prettier-ignore
}

/** Where a matrix takes a point. */
export function mapPoint(m: Matrix, x: number, y: number): readonly [number, number] {
  const depth = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / depth, (m[3] * x + m[4] * y + m[5]) / depth];
}

/** The map of the square that takes it to the quadrilateral with these corners: (−1,−1), (1,−1), (−1,1), (1,1). */
function squareTo(corners: readonly (readonly [number, number])[]): Matrix {
  const [[x0, y0], [x1, y1], [x2, y2], [x3, y3]] = corners as [
    [number, number],
    [number, number],
    [number, number],
    [number, number],
  ];
  // Heckbert's solution for the unit square, whose corners are in the order 00, 10, 01, 11 here.
  const [dx1, dx2, sx] = [x1 - x3, x2 - x3, x0 - x1 - x2 + x3];
  const [dy1, dy2, sy] = [y1 - y3, y2 - y3, y0 - y1 - y2 + y3];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / det;
  const h = (dx1 * sy - sx * dy1) / det;
  const unit: Matrix = [x1 - x0 + g * x1, x2 - x0 + h * x2, x0, y1 - y0 + g * y1, y2 - y0 + h * y2, y0, g, h, 1];
  return multiplyMatrices(unit, [0.5, 0, 0.5, 0, 0.5, 0.5, 0, 0, 1]);
}

/** By how much each corner moves, as fastai lists them: (x, y) of (−1,−1), (−1,1), (1,−1), (1,1). */
export type Corners = readonly [number, number, number, number, number, number, number, number];

/** fastai's perspective: the moved corners of the result show the corners of the source. */
export function perspective([ax, ay, bx, by, cx, cy, dx, dy]: Corners): Matrix {
  const m = adjugate(
    squareTo([
      [-1 + ax, -1 + ay],
      [1 + cx, -1 + cy],
      [-1 + bx, 1 + by],
      [1 + dx, 1 + dy],
    ]),
  );
  return m.map((value) => value / m[8]) as unknown as Matrix;
}
