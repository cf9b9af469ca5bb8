// The backends' inner parts that our own kernels use, typed here once; tfjs 4.22.0 is pinned, so they do not move.
import { backend, getBackend } from "@tensorflow/tfjs-core";
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";

export type DataId = TensorInfo["dataId"];
export type TypedArray = Float32Array | Int32Array | Uint8Array;

/** Where a tensor lies when it does not fill its own buffer: a 256-byte aligned range of a shared one. */
export interface BufferView {
  readonly offset: number;
  readonly bytes: number;
  /** Called once when the tensor goes away. */
  readonly release: () => void;
}

export interface GpuTensorData {
  dtype: DataType;
  shape: number[];
  values: TypedArray | null | undefined;
  refCount: number;
  resource?: GPUBuffer | null;
  /** True: the backend must not pool or destroy the buffer. */
  external?: boolean;
  view?: BufferView;
}

export interface BufferPool {
  freeBuffers: Map<string, GPUBuffer[]>;
  usedBuffers: Map<string, GPUBuffer[]>;
  numFreeBuffers: number;
  numBytesAllocated: number;
  numBytesUsed: number;
  acquireBuffer(size: number, usage: number, mapped?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
}

/** WebGPUBackend with its TypeScript-private members. */
export interface GpuBackend {
  readonly device: GPUDevice;
  readonly queue: GPUQueue;
  readonly bufferManager: BufferPool;
  readonly tensorMap: {
    get(id: DataId): GpuTensorData;
    has(id: DataId): boolean;
    delete(id: DataId): boolean;
  };
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<DataId>;
  tensorDataPendingDisposal: DataId[];
  uniformPendingDisposal: GPUBuffer[];
  dispatchCountInPass: number;
  readSync(id: DataId): TypedArray;
  read(id: DataId): Promise<TypedArray>;
  releaseResource(id: DataId): void;
  tensorToBinding(info: TensorInfo | null | undefined): GPUBindingResource | null;
  disposeData(id: DataId, force?: boolean): boolean;
  makeTensorInfo(shape: number[], dtype: DataType, values?: TypedArray): TensorInfo;
  uploadToGPU(id: DataId): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
}

/** MathBackendCPU with the store that our references read and write. */
export interface CpuBackend {
  readonly data: { get(id: DataId): { values: TypedArray; dtype: DataType } };
  makeTensorInfo(shape: number[], dtype: DataType, values?: TypedArray): TensorInfo;
}

/** The active WebGPU backend, or null on the cpu backend. */
export function activeGpu(): GpuBackend | null {
  return getBackend() === "webgpu" ? (backend() as unknown as GpuBackend) : null;
}

/** The active cpu backend, or null on WebGPU. */
export function activeCpu(): CpuBackend | null {
  return getBackend() === "cpu" ? (backend() as unknown as CpuBackend) : null;
}

/** Sends everything recorded so far to the GPU; nothing to do on the cpu backend. */
export function submit(): void {
  const gpu = activeGpu();
  if (!gpu) return;
  gpu.endComputePassEncoder();
  if (gpu.commandEncoder) gpu.submitQueue();
}
