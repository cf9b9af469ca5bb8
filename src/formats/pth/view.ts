// Tensors as PyTorch saves them: a storage, an offset, a shape and strides; checked, then gathered into rows.
import type { TensorData } from "../safetensors/dtypes";
import { gatherStrided } from "../strided";
import { Refusal } from "./refusal";
import type { PyStorage, PyTensor } from "./values";

const MAX_RANK = 64;
/** A value that is repeated by a stride of 0 is legal; a file that swells into gigabytes is not. */
const MAX_REPEATED = 2 ** 24;

/** Values of a shape; NaN where they cannot be counted exactly. */
export function sizeOf(shape: readonly number[]): number {
  const size = shape.reduce((product, length) => product * length, 1);
  return Number.isSafeInteger(size) ? size : Number.NaN;
}

/** The view, or the refusal of one that reaches outside its storage. */
export function viewOf(
  storage: PyStorage,
  offset: number,
  shape: readonly number[],
  strides: readonly number[],
): PyTensor {
  if (shape.length !== strides.length || shape.length > MAX_RANK) throw new Refusal("PTH_VIEW_OOB", storage.key);
  for (const number of [offset, ...shape, ...strides])
    if (!Number.isSafeInteger(number) || number < 0) throw new Refusal("PTH_VIEW_OOB", storage.key);
  const size = sizeOf(shape);
  if (size !== 0) {
    const last = shape.reduce((at, length, axis) => at + (length - 1) * (strides[axis] as number), offset);
    if (!Number.isSafeInteger(last) || last >= storage.numel) throw new Refusal("PTH_VIEW_OOB", storage.key);
    if (Number.isNaN(size) || size > Math.max(storage.numel, MAX_REPEATED))
      throw new Refusal("PTH_EXPAND", storage.key);
  }
  return { kind: "tensor", storage, offset, shape, strides };
}

/** The view's values in row-major order, as a copy of its own; `values` are those of the whole storage. */
export function gather({ shape, strides, storage, offset }: PyTensor, values: TensorData): TensorData {
  return gatherStrided(values, storage.offset + offset, shape, strides);
}
