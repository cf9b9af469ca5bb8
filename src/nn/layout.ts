// Between our layouts (HWIO, WIO, [in, out]) and PyTorch's (OIHW, OIW, [out, in]), on the host.
import type { Layout } from "./parameter";

/** `shape` in PyTorch's order. */
export function torchShape(shape: readonly number[], layout: Layout): number[] {
  if (layout === "vector") return [...shape];
  if (layout === "linear") return [...shape].reverse();
  const [outputs = 1, inputs = 1, ...places] = [...shape].reverse();
  return [outputs, inputs, ...places.reverse()];
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

function swapPlacesAndInputs(data: Float32Array, outputs: number, rows: number, columns: number): Float32Array {
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

/** A convolution's weights as [places of the kernel, inputs, outputs]. */
function partsOf(shape: readonly number[]) {
  const [outputs = 1, inputs = 1, ...places] = [...shape].reverse();
  return { places: places.reduce((product, length) => product * length, 1), inputs, outputs };
}

/** Values in our layout of `shape` → PyTorch's order. */
export function toTorch(data: Float32Array, shape: readonly number[], layout: Layout): Float32Array {
  if (layout === "vector") return data;
  if (layout === "linear") return transpose(data, shape[0] as number, shape[1] as number);
  const { places, inputs, outputs } = partsOf(shape);
  // [places, in, out] → [out, places, in] → [out, in, places]
  const byOutput = transpose(data, places * inputs, outputs);
  return swapPlacesAndInputs(byOutput, outputs, places, inputs);
}

/** Values in PyTorch's order → our layout of `shape`. */
export function fromTorch(data: Float32Array, shape: readonly number[], layout: Layout): Float32Array {
  if (layout === "vector") return data;
  if (layout === "linear") return transpose(data, shape[1] as number, shape[0] as number);
  const { places, inputs, outputs } = partsOf(shape);
  const byOutput = swapPlacesAndInputs(data, outputs, inputs, places);
  return transpose(byOutput, outputs, places * inputs);
}
