// Small pieces of WGSL that the convolution kernels share: unrolled lines and the walk over their rows.

/** `line(0)` … `line(n - 1)`, one a line. */
export function unroll(n: number, line: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => line(i)).join("\n");
}

/** `item(0), …, item(n - 1)`. */
export function list(n: number, item: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => item(i)).join(", ");
}

/** The component's name of lane i of a vector. */
export function component(i: number): string {
  return "xyzw"[i] as string;
}

/**
 * The data gradient of a strided convolution, taken apart by the pixels' remainders modulo the stride (a phase):
 * in one phase the same taps hit every pixel, so none is multiplied in vain. `z` counts the phases.
 * Tap (r, c) = (firstRow + stride · i, firstColumn + stride · j) of pixel (y, x) meets output pixel
 * ((y + pad − firstRow) / stride − i, …).
 */
export const phaseWgsl = `
struct Phase { y : i32, x : i32, height : i32, width : i32, firstRow : i32, firstColumn : i32, rows : i32, columns : i32 }
fn phaseOf(z : i32) -> Phase {
  let y = z / u.strideWidth;
  let x = z % u.strideWidth;
  let firstRow = (y + u.padTop) % u.strideHeight;
  let firstColumn = (x + u.padLeft) % u.strideWidth;
  return Phase(y, x,
    (u.inHeight - y + u.strideHeight - 1) / u.strideHeight,
    (u.inWidth - x + u.strideWidth - 1) / u.strideWidth,
    firstRow, firstColumn,
    max((u.kernelHeight - firstRow + u.strideHeight - 1) / u.strideHeight, 0),
    max((u.kernelWidth - firstColumn + u.strideWidth - 1) / u.strideWidth, 0));
}`;

/** A coordinate that no image reaches: a row beyond the last one reads zeros everywhere. */
export const nowhere = -0x4000_0000;
