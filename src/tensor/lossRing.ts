// One number per step kept on the GPU and fetched a few times a second: the loop never waits for its loss.
import { activeCpu, activeGpu } from "./backend";
import type { GpuBackend } from "./backend";
import { readBuffer } from "./readback";
import type { Tensor } from "@tensorflow/tfjs-core";

export interface LossRing {
  /** Appends the first element of a float32 tensor; a copy on the GPU, no dispatch, no wait. */
  push(scalar: Tensor): void;
  /** All numbers pushed since the last drain, in order; calls may overlap, each number comes once. */
  drain(): Promise<Float32Array>;
  /** Numbers pushed and not yet asked for. */
  readonly pending: number;
  dispose(): void;
}

function gpuRing(gpu: GpuBackend, capacity: number): LossRing {
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = gpu.device.createBuffer({ label: "loss ring", size: capacity * 4, usage });
  // Numbers that did not fit are fetched early, so that nothing is lost however rarely someone drains.
  let early: Promise<Float32Array>[] = [];
  let count = 0;
  const fetch = async (): Promise<Float32Array> => {
    const taken = count;
    count = 0;
    return new Float32Array(await readBuffer(gpu, buffer, 0, taken * 4));
  };
  return {
    push(scalar) {
      if (count === capacity) early.push(fetch());
      gpu.uploadToGPU(scalar.dataId);
      gpu.commandQueueOwnedIds.add(scalar.dataId);
      const data = gpu.tensorMap.get(scalar.dataId);
      gpu.ensureCommandEncoderReady();
      gpu.endComputePassEncoder();
      const encoder = gpu.commandEncoder as GPUCommandEncoder;
      encoder.copyBufferToBuffer(data.resource as GPUBuffer, data.view?.offset ?? 0, buffer, count * 4, 4);
      count += 1;
    },
    async drain() {
      const parts = [...early, fetch()];
      early = [];
      return new Float32Array((await Promise.all(parts)).flatMap((part) => [...part]));
    },
    get pending() {
      return count + early.length * capacity;
    },
    dispose() {
      gpu.endComputePassEncoder();
      if (gpu.commandEncoder) gpu.submitQueue();
      buffer.destroy();
    },
  };
}

function hostRing(): LossRing {
  let values: number[] = [];
  return {
    push: (scalar) => void values.push(activeCpu()?.data.get(scalar.dataId).values[0] ?? Number.NaN),
    drain() {
      const taken = new Float32Array(values);
      values = [];
      return Promise.resolve(taken);
    },
    get pending() {
      return values.length;
    },
    dispose: () => undefined,
  };
}

/** A ring of `capacity` numbers on the active backend. */
export function createLossRing(capacity = 256): LossRing {
  const gpu = activeGpu();
  return gpu ? gpuRing(gpu, capacity) : hostRing();
}
