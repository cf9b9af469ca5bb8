// Tensors that share one buffer, so that one dispatch can update them all: the tensors keep their identity.
import { engine, util, zeros } from "@tensorflow/tfjs-core";
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { activeCpu, activeGpu } from "./backend";
import type { GpuBackend } from "./backend";

/** Floats between the starts of two tensors: 256 bytes, the strictest offset alignment WebGPU knows. */
export const arenaBlock = 64;

/** One buffer of an arena; `flat` is all of it as a float32 vector. */
export interface ArenaChunk {
  readonly flat: Tensor;
  /** Which tensors it holds, by their index in `Arena.tensors`, and where each begins, in blocks. */
  readonly members: readonly number[];
  readonly starts: readonly number[];
  readonly blocks: number;
}

export interface Arena {
  readonly tensors: readonly Tensor[];
  readonly chunks: readonly ArenaChunk[];
  /** Gives every tensor that is still alive its own memory again and frees the buffers. */
  dispose(): void;
}

interface Plan {
  readonly members: number[];
  readonly starts: number[];
  blocks: number;
}

/** How tensors of these sizes (in elements) fill buffers of at most `maxBlocks`; deterministic. */
export function planArena(sizes: readonly number[], maxBlocks: number): Plan[] {
  const plans: Plan[] = [];
  sizes.forEach((size, i) => {
    const blocks = Math.ceil(size / arenaBlock);
    let plan = plans.at(-1);
    if (!plan || plan.blocks + blocks > maxBlocks) plans.push((plan = { members: [], starts: [], blocks: 0 }));
    plan.members.push(i);
    plan.starts.push(plan.blocks);
    plan.blocks += blocks;
  });
  return plans;
}

function maxBlocksOf(gpu: GpuBackend | null): number {
  if (!gpu) return Number.MAX_SAFE_INTEGER;
  const { maxStorageBufferBindingSize, maxBufferSize } = gpu.device.limits;
  return Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / (arenaBlock * 4));
}

/** A tensor that outlives tidy, filled with zeros by the GPU's own rule that new buffers are zero. */
function zeroVector(gpu: GpuBackend | null, size: number): Tensor {
  if (!gpu) return engine().keep(zeros([size]));
  const info = gpu.makeTensorInfo([size], "float32");
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const buffer = gpu.bufferManager.acquireBuffer(size * 4, usage, false, false);
  const data = gpu.tensorMap.get(info.dataId);
  data.resource = buffer;
  data.view = { offset: 0, bytes: size * 4, release: () => gpu.bufferManager.releaseBuffer(buffer, false) };
  data.external = true;
  return engine().keep(engine().makeTensorFromTensorInfo(info));
}

function moveOnGpu(gpu: GpuBackend, chunk: ArenaChunk, tensor: TensorInfo, start: number, keep: boolean): void {
  if (keep) gpu.uploadToGPU(tensor.dataId);
  const data = gpu.tensorMap.get(tensor.dataId);
  const arena = gpu.tensorMap.get(chunk.flat.dataId);
  const bytes = util.sizeFromShape(tensor.shape) * 4;
  const offset = start * arenaBlock * 4;
  if (keep) {
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    (gpu.commandEncoder as GPUCommandEncoder).copyBufferToBuffer(
      data.resource as GPUBuffer,
      data.view?.offset ?? 0,
      arena.resource as GPUBuffer,
      offset,
      bytes,
    );
  }
  gpu.releaseResource(tensor.dataId);
  data.resource = arena.resource as GPUBuffer;
  data.external = true;
  data.view = { offset, bytes, release: () => undefined };
}

function leaveOnGpu(gpu: GpuBackend, tensor: Tensor): void {
  if (tensor.isDisposed) return;
  const data = gpu.tensorMap.get(tensor.dataId);
  if (!data.view || !data.resource) return;
  const { view, resource } = data;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const own = gpu.bufferManager.acquireBuffer(view.bytes, usage);
  gpu.ensureCommandEncoderReady();
  gpu.endComputePassEncoder();
  (gpu.commandEncoder as GPUCommandEncoder).copyBufferToBuffer(resource, view.offset, own, 0, view.bytes);
  delete data.view;
  data.external = false;
  data.resource = own;
}

function build(tensors: readonly Tensor[], keep: boolean): Arena {
  const gpu = activeGpu();
  const cpu = activeCpu();
  const sizes = tensors.map((tensor) => tensor.size);
  const chunks = planArena(sizes, maxBlocksOf(gpu)).map((plan): ArenaChunk => {
    const chunk = { ...plan, flat: zeroVector(gpu, plan.blocks * arenaBlock) };
    plan.members.forEach((member, k) => {
      const tensor = tensors[member] as Tensor;
      const start = plan.starts[k] as number;
      if (gpu) moveOnGpu(gpu, chunk, tensor, start, keep);
      else if (cpu) {
        const whole = cpu.data.get(chunk.flat.dataId).values;
        const own = cpu.data.get(tensor.dataId);
        const range = whole.subarray(start * arenaBlock, start * arenaBlock + tensor.size);
        if (keep) range.set(own.values);
        own.values = range;
      }
    });
    return chunk;
  });
  return {
    tensors,
    chunks,
    dispose() {
      tensors.forEach((tensor) => {
        if (gpu) leaveOnGpu(gpu, tensor);
        else if (cpu && !tensor.isDisposed) {
          const own = cpu.data.get(tensor.dataId);
          own.values = own.values.slice();
        }
      });
      // Destroying a buffer that recorded work still uses would drop that work.
      if (gpu?.commandEncoder) {
        gpu.endComputePassEncoder();
        gpu.submitQueue();
      }
      chunks.forEach((chunk) => chunk.flat.dispose());
    },
  };
}

/** Moves the contents of float32 tensors into shared buffers; the tensors themselves stay valid. */
export function moveToArena(tensors: readonly Tensor[]): Arena {
  for (const tensor of tensors) {
    if (tensor.dtype !== "float32") throw new Error(`an arena holds float32, not ${tensor.dtype}`);
  }
  return build(tensors, true);
}

/** Fresh tensors of zeros in shared buffers, laid out like an arena of tensors of these shapes. */
export function createArena(shapes: readonly (readonly number[])[]): Arena {
  const gpu = activeGpu();
  const tensors = shapes.map((shape) => {
    if (!gpu) return engine().keep(zeros([...shape]));
    const info = gpu.makeTensorInfo([...shape], "float32");
    gpu.tensorMap.get(info.dataId).values = null;
    return engine().keep(engine().makeTensorFromTensorInfo(info));
  });
  return build(tensors, false);
}

/** Copies tensors into the places of an arena's tensors (null: leave as it is); copies, no dispatches. */
export function copyIntoArena(arena: Arena, sources: readonly (Tensor | null)[]): void {
  const gpu = activeGpu();
  const cpu = activeCpu();
  sources.forEach((source, i) => {
    const target = arena.tensors[i];
    if (!source || !target) return;
    if (source.size !== target.size) throw new Error(`arena: ${source.shape} does not fit ${target.shape}`);
    if (cpu) cpu.data.get(target.dataId).values.set(cpu.data.get(source.dataId).values);
    if (!gpu || source.size === 0) return;
    gpu.uploadToGPU(source.dataId);
    gpu.commandQueueOwnedIds.add(source.dataId);
    const from = gpu.tensorMap.get(source.dataId);
    const to = gpu.tensorMap.get(target.dataId);
    to.values = null;
    gpu.ensureCommandEncoderReady();
    gpu.endComputePassEncoder();
    (gpu.commandEncoder as GPUCommandEncoder).copyBufferToBuffer(
      from.resource as GPUBuffer,
      from.view?.offset ?? 0,
      to.resource as GPUBuffer,
      to.view?.offset ?? 0,
      source.size * 4,
    );
  });
}
