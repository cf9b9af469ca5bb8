// Gathers the values of an array that lies in memory by strides (a view, or column by column) into rows.
import type { TensorData } from "./safetensors/dtypes";

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
    const length = shape[axis] as number;
    if (length !== 1 && strides[axis] !== expected) return false;
    expected *= length;
  }
  return true;
}

function emptyLike(values: TensorData, size: number): TensorData {
  if (values instanceof Float32Array) return new Float32Array(size);
  if (values instanceof BigInt64Array) return new BigInt64Array(size);
  return values instanceof Int32Array ? new Int32Array(size) : new Uint8Array(size);
}

/** A copy in row-major order, beginning at value `from`; the caller has checked that it stays inside. */
export function gatherStrided(
  values: TensorData,
  from: number,
  shape: readonly number[],
  strides: readonly number[],
): TensorData {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === 0) return values.slice(0, 0);
  if (isContiguous(shape, strides)) return values.slice(from, from + size);
  const result = emptyLike(values, size);
  const index = shape.map(() => 0);
  let at = from;
  for (let i = 0; i < size; i += 1) {
    result[i] = values[at] as never;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      const next = (index[axis] as number) + 1;
      at += strides[axis] as number;
      if (next < (shape[axis] as number)) {
        index[axis] = next;
        break;
      }
      at -= next * (strides[axis] as number);
      index[axis] = 0;
    }
  }
  return result;
}
