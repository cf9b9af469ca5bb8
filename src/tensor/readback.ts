// Reading from the GPU without stopping it: at most two reads in flight, staging buffers used again.
import { util } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { activeCpu, activeGpu } from "./backend";
import type { GpuBackend, TypedArray } from "./backend";

const maxInFlight = 2;

interface Gate {
  free: number;
  readonly waiting: (() => void)[];
}

const gates = new WeakMap<GPUDevice, Gate>();

function gateOf(device: GPUDevice): Gate {
  let gate = gates.get(device);
  if (!gate) gates.set(device, (gate = { free: maxInFlight, waiting: [] }));
  return gate;
}

/** Copies a range of a buffer to the host, as it is after all work recorded so far; rejects when the device is lost. */
export async function readBuffer(
  gpu: GpuBackend,
  buffer: GPUBuffer,
  offset: number,
  bytes: number,
): Promise<ArrayBuffer> {
  if (bytes === 0) return new ArrayBuffer(0);
  // The copy is recorded now, before any wait, so that it sees this moment and not a later one.
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ;
  const staging = gpu.bufferManager.acquireBuffer(bytes, usage);
  gpu.ensureCommandEncoderReady();
  gpu.endComputePassEncoder();
  (gpu.commandEncoder as GPUCommandEncoder).copyBufferToBuffer(buffer, offset, staging, 0, bytes);
  gpu.submitQueue();
  const gate = gateOf(gpu.device);
  if (gate.free > 0) gate.free -= 1;
  else await new Promise<void>((resolve) => gate.waiting.push(resolve));
  try {
    await staging.mapAsync(GPUMapMode.READ);
    const copy = staging.getMappedRange().slice(0);
    staging.unmap();
    return copy;
  } finally {
    gpu.bufferManager.releaseBuffer(staging);
    const next = gate.waiting.shift();
    if (next) next();
    else gate.free += 1;
  }
}

/** The values of a tensor as they are now; a fresh copy, so that in-place updates never change it. */
export async function readback(tensor: Tensor): Promise<TypedArray> {
  const gpu = activeGpu();
  const data = gpu?.tensorMap.get(tensor.dataId);
  // Copied before the first wait here too.
  const values = gpu ? data?.values : activeCpu()?.data.get(tensor.dataId).values;
  if (values) return values.slice() as TypedArray;
  if (!gpu || !data?.resource) throw new Error("readback of a tensor without contents");
  const bytes = util.sizeFromShape(tensor.shape) * 4;
  const raw = await readBuffer(gpu, data.resource, data.view?.offset ?? 0, bytes);
  return util.convertBackendValuesAndArrayBuffer(raw, tensor.dtype) as TypedArray;
}
