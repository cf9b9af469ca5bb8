// One way to declare an operation for every backend: its CPU reference, its WGSL and its gradient under one name.
import { engine, registerGradient, registerKernel, util } from "@tensorflow/tfjs-core";
import type { DataType, NamedTensorMap, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import type { CpuBackend, GpuBackend, TypedArray } from "./backend";
import { dispatch, makeOutput } from "./dispatch";
import type { Call } from "./dispatch";
import type { Program } from "./program";

/** A tensor on the host, as references see it; row-major. */
export interface HostArray<T extends TypedArray = Float32Array | Int32Array> {
  readonly data: T;
  readonly shape: readonly number[];
}

/** What a kernel may do on the GPU. */
export interface Gpu {
  readonly device: GPUDevice;
  /** An output tensor (float32 unless told). */
  make(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** Like `make`, for partial results: given back when the kernel returns. */
  temporary(shape: readonly number[], dtype?: DataType): TensorInfo;
  run<S extends string, U extends string>(program: Program<S, U>, call: Call<S, U>): void;
}

export interface KernelGradient<I extends string, A> {
  /** Inputs and outputs (by position) that the gradient reads; they stay in memory until then. */
  readonly saveInputs: readonly I[];
  readonly saveOutputs: readonly number[];
  /** The output's gradient may come as two tensors in `dys`, to be added: it saves the pass that would add them. */
  readonly addsParts?: boolean;
  /**
   * One thunk for every differentiable input; `saved` holds the inputs, then the outputs, in that order. Only the
   * first output can be differentiated: `dys` holds its gradient, or the parts of it.
   */
  readonly of: (dys: Tensor[], saved: Tensor[], attrs: A) => Partial<Record<I, () => Tensor>>;
}

export interface KernelSpec<I extends string, A> {
  readonly name: string;
  /** The definition. May write into the data of inputs that the kernel updates in place. */
  readonly reference: (inputs: Readonly<Record<I, HostArray>>, attrs: A) => HostArray[];
  readonly gpu: (inputs: Readonly<Record<I, TensorInfo>>, attrs: A, gpu: Gpu) => TensorInfo[];
  readonly gradient?: KernelGradient<I, A>;
}

export type Kernel<I extends string, A> = (inputs: Readonly<Record<I, Tensor>>, attrs: A) => Tensor[];

function gpuFor(backend: GpuBackend): { gpu: Gpu; release: () => void } {
  const temporaries: TensorInfo[] = [];
  const gpu: Gpu = {
    device: backend.device,
    make: (shape, dtype) => makeOutput(backend, shape, dtype),
    temporary(shape, dtype) {
      const info = makeOutput(backend, shape, dtype);
      temporaries.push(info);
      return info;
    },
    run: (program, call) => dispatch(backend, program, call),
  };
  return { gpu, release: () => temporaries.forEach((info) => backend.disposeData(info.dataId)) };
}

function dtypeOf(data: TypedArray): DataType {
  return data instanceof Float32Array ? "float32" : data instanceof Int32Array ? "int32" : "bool";
}

/** Name → how many parts of the first output's gradient it takes. */
const ownGradients = new Map<string, 1 | 2>();

/** How many tensors the first output's gradient may come in, or 0 for a kernel that `defineKernel` did not make. */
export function gradientParts(kernelName: string): 0 | 1 | 2 {
  return ownGradients.get(kernelName) ?? 0;
}

/** Registers an operation on webgpu and cpu and returns the function that runs it (taped when it has a gradient). */
export function defineKernel<I extends string, A extends object>(spec: KernelSpec<I, A>): Kernel<I, A> {
  const { name, gradient } = spec;
  registerKernel({
    kernelName: name,
    backendName: "webgpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { gpu, release } = gpuFor(backend as GpuBackend);
      try {
        return spec.gpu(inputs as Record<I, TensorInfo>, attrs as unknown as A, gpu);
      } finally {
        release();
      }
    },
  });
  registerKernel({
    kernelName: name,
    backendName: "cpu",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const cpu = backend as CpuBackend;
      const host = Object.fromEntries(
        Object.entries(inputs).map(([key, info]) => [
          key,
          { data: cpu.data.get((info as TensorInfo).dataId).values, shape: (info as TensorInfo).shape },
        ]),
      ) as unknown as Record<I, HostArray>;
      return spec
        .reference(host, attrs as unknown as A)
        .map(({ data, shape }) => cpu.makeTensorInfo([...shape], dtypeOf(data), data));
    },
  });
  if (gradient) {
    ownGradients.set(name, gradient.addsParts ? 2 : 1);
    const last = Math.max(-1, ...gradient.saveOutputs);
    registerGradient({
      kernelName: name,
      inputsToSave: [...gradient.saveInputs],
      outputsToSave: Array.from({ length: last + 1 }, (_, i) => gradient.saveOutputs.includes(i)),
      gradFunc: (dy, saved, attrs) => {
        const dys = Array.isArray(dy) ? dy : [dy];
        // The engine's own walk fills up with zeros for the other outputs, whose shape gives them away.
        const parts = dys.filter((part) => util.arraysEqual(part.shape, (dys[0] as Tensor).shape));
        const used = gradient.addsParts ? parts.slice(0, 2) : parts.slice(0, 1);
        return gradient.of(used, saved, attrs as unknown as A) as Record<string, () => Tensor>;
      },
    });
  }
  return (inputs, attrs) => {
    const result: unknown = engine().runKernel(name, inputs as unknown as NamedTensorMap, attrs as never);
    return (Array.isArray(result) ? result : [result]) as Tensor[];
  };
}

/** Number of elements. */
export function sizeOf(info: { readonly shape: readonly number[] }): number {
  return util.sizeFromShape([...info.shape]);
}
