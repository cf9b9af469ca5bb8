// Writes host values into an existing tensor, in place: hyper-parameters of a step, loaded weights, image bytes.
import { engine } from "@tensorflow/tfjs-core";
import type { DataType, Tensor } from "@tensorflow/tfjs-core";
import { activeCpu, activeGpu, submit } from "./backend";
import type { TypedArray } from "./backend";

/** Overwrites a tensor's contents; work recorded before still sees the old ones. Same number of elements. */
export function writeTensor(tensor: Tensor, values: TypedArray): void {
  if (values.length !== tensor.size) {
    throw new Error(`writeTensor: ${values.length} values for a tensor of ${tensor.size}`);
  }
  const gpu = activeGpu();
  if (!gpu) {
    const data = activeCpu()?.data.get(tensor.dataId);
    // A tensor that was made for its shape alone gets its memory now.
    if (data?.values) data.values.set(values);
    else if (data) data.values = values.slice() as TypedArray;
    return;
  }
  gpu.uploadToGPU(tensor.dataId);
  const data = gpu.tensorMap.get(tensor.dataId);
  data.values = null;
  // writeBuffer overtakes recorded work, so that work is sent first.
  submit();
  gpu.queue.writeBuffer(
    data.resource as GPUBuffer,
    data.view?.offset ?? 0,
    values.buffer as ArrayBuffer,
    values.byteOffset,
    values.byteLength,
  );
}

/** A tensor whose bytes are exactly these, uploaded without widening; bytes are padded with zeros to a multiple of 4. */
export function tensorFromBytes(bytes: Uint8Array): Tensor {
  const words = new Int32Array(Math.ceil(bytes.byteLength / 4));
  new Uint8Array(words.buffer).set(bytes);
  return tensorOf(words, [words.length], "int32");
}

/** A tensor filled by one `writeBuffer` into a pooled buffer; tf.tensor would map and copy twice. */
export function tensorOf(values: TypedArray, shape: readonly number[], dtype: DataType): Tensor {
  const gpu = activeGpu();
  if (!gpu) return engine().makeTensor(values, [...shape], dtype);
  const tensor = engine().makeTensorFromTensorInfo(gpu.makeTensorInfo([...shape], dtype));
  writeTensor(tensor, values);
  return tensor;
}
