// The stock WebGPU backend on our own device, changed in four places: views, early reuse, private reads, no sync reads.
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { util } from "@tensorflow/tfjs-core";
import type { GpuBackend, TypedArray } from "./backend";
import { readBuffer } from "./readback";

/** Bytes of a tensor's contents, whatever the size of the buffer it lies in. */
export function byteLengthOf(shape: readonly number[]): number {
  return util.sizeFromShape([...shape]) * 4;
}

/**
 * A backend whose tensors may be views into shared buffers (`arena.ts`); stock kernels see no difference.
 * A freed buffer may be taken again before the recorded work is sent: the queue keeps the order, and nobody
 * writes into pooled storage from the host without sending first. It halves the memory of a training step.
 */
export function createStudioBackend(device: GPUDevice, info: GPUAdapterInfo): WebGPUBackend {
  const stock = new WebGPUBackend(device, info);
  const gpu = stock as unknown as GpuBackend;
  const { disposeData, releaseResource, tensorToBinding } = gpu;

  gpu.tensorToBinding = (tensor) => {
    const data = tensor ? gpu.tensorMap.get(tensor.dataId) : undefined;
    if (!data?.view || !data.resource) return tensorToBinding.call(gpu, tensor);
    return { buffer: data.resource, offset: data.view.offset, size: data.view.bytes };
  };

  gpu.releaseResource = (id) => {
    const data = gpu.tensorMap.has(id) ? gpu.tensorMap.get(id) : undefined;
    releaseResource.call(gpu, id);
    if (data?.view) {
      const { release } = data.view;
      delete data.view;
      release();
    }
  };

  gpu.disposeData = (id, force = false) => {
    const data = gpu.tensorMap.has(id) ? gpu.tensorMap.get(id) : undefined;
    const last = data !== undefined && (force || data.refCount <= 1);
    if (last && data.resource instanceof GPUBuffer && data.dtype !== "complex64") {
      gpu.commandQueueOwnedIds.delete(id);
    }
    return disposeData.call(gpu, id, force);
  };

  gpu.read = async (id) => {
    if (!gpu.tensorMap.has(id)) throw new Error("read of a tensor that does not exist");
    const data = gpu.tensorMap.get(id);
    if (data.values || !data.resource) return data.values as TypedArray;
    if (!(data.resource instanceof GPUBuffer)) throw new Error("read of a texture");
    const bytes = await readBuffer(gpu, data.resource, data.view?.offset ?? 0, byteLengthOf(data.shape));
    return util.convertBackendValuesAndArrayBuffer(bytes, data.dtype) as TypedArray;
  };

  gpu.readSync = (id) => {
    const { values } = gpu.tensorMap.get(id);
    if (values) return values;
    throw new Error("synchronous read of a GPU tensor: use await tensor.data()");
  };
  return stock;
}
