// Between our layouts (HWIO, [in, out]) and PyTorch's (OIHW, [out, in]), on the host.
import type { Layout } from "./parameter";

/** `shape` in PyTorch's order. */
export function torchShape(shape: readonly number[], layout: Layout): number[] {
  if (layout === "vector") return [...shape];
  if (layout === "linear") return [...shape].reverse();
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
  return [outputs, inputs, height, width];
}

function transpose(data: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      result[column * rows + row] = data[row * columns + column] as number;
    }
  }
  return result;
}

function swapPixelsAndInputs(data: Float32Array, outputs: number, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let output = 0; output < outputs; output += 1) {
    const base = output * rows * columns;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        result[base + column * rows + row] = data[base + row * columns + column] as number;
      }
    }
  }
  return result;
}

/** Values in our layout of `shape` → PyTorch's order. */
export function toTorch(data: Float32Array, shape: readonly number[], layout: Layout): Float32Array {
  if (layout === "vector") return data;
  if (layout === "linear") return transpose(data, shape[0] as number, shape[1] as number);
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
  // [pixels, in, out] → [out, pixels, in] → [out, in, pixels]
  const byOutput = transpose(data, height * width * inputs, outputs);
  return swapPixelsAndInputs(byOutput, outputs, height * width, inputs);
}

/** Values in PyTorch's order → our layout of `shape`. */
export function fromTorch(data: Float32Array, shape: readonly number[], layout: Layout): Float32Array {
  if (layout === "vector") return data;
  if (layout === "linear") return transpose(data, shape[1] as number, shape[0] as number);
  const [height = 1, width = 1, inputs = 1, outputs = 1] = shape;
  const byOutput = swapPixelsAndInputs(data, outputs, inputs, height * width);
  return transpose(byOutput, outputs, height * width * inputs);
}
