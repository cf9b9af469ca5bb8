// Runs our own WGSL on the backend's command encoder, in order with the stock kernels.
//
// How to write a kernel on top of this (the whole layer is `program.ts`, `dispatch.ts`, `kernel.ts`):
//
//   const program = variants(({ relu }: { relu: boolean }) =>
//     defineProgram({
//       name: `scale${relu ? "Relu" : ""}`,
//       storage: { x: "read f32", y: "write f32" },          // at most 8, so that base limits suffice
//       uniforms: { n: "u32", k: "f32" },                     // scalars, read as u.n and u.k
//       code: forEachElement(`  y[i] = ${relu ? "max(x[i] * u.k, 0.0)" : "x[i] * u.k"};`),
//     }));
//
//   export const scale = defineKernel({ name: "GlassScale", reference, gpu({ x }, { k, relu }, gpu) {
//     const y = gpu.make(x.shape);
//     gpu.run(program({ relu }), { tensors: { x, y }, uniforms: { n: size(x), k }, groups: flatGroups(size(x)) });
//     return [y];
//   }, gradient });
//
// What is taken care of here, so that no kernel has to think of it:
// - Uniforms get a fresh pooled buffer per dispatch: writeBuffer overtakes recorded, unsubmitted work.
// - Tensors that are written in place lose their cached CPU copy, or the next `data()` would return old values.
// - Tensors used by recorded work are not freed before they may be; views into arenas are bound at their offset.
// - A buffer bound for reading and for writing in one dispatch would drop the whole command buffer in silence:
//   it throws here instead. In place means: bind the tensor once, as "write".
// - Empty tensors cost no dispatch. `enable` directives are hoisted. More than 65,535 workgroups: `flatGroups`.
// - Consecutive dispatches in one pass are ordered and see each other's writes: no barriers are needed between them.
// What stays with the kernel: everything that changes the text belongs in the variant; a "vec4<f32>" binding needs
// a size that is a multiple of 4; NaN must be found by its bits (WGSL may assume there are none); no float atomics.
import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { util } from "@tensorflow/tfjs-core";
import type { GpuBackend } from "./backend";
import { compile } from "./program";
import type { Program } from "./program";

/** Dispatches recorded before they are sent; some hundred make a training step. */
export const dispatchesPerSubmit = 100;

export interface Call<S extends string, U extends string> {
  readonly tensors: Readonly<Record<S, TensorInfo>>;
  readonly uniforms: Readonly<Record<U, number>>;
  readonly groups: readonly [number, number?, number?];
}

let collecting: Set<Program> | null = null;

/** Runs `fn` with every dispatch of ours only noted, not recorded, and returns the programs it would have run. */
export function collectPrograms(fn: () => void): Program[] {
  collecting = new Set();
  try {
    fn();
    return [...collecting];
  } finally {
    collecting = null;
  }
}

/** Whether dispatches are only noted: tensors made now have no contents, so nothing may be kept of them. */
export function isCollecting(): boolean {
  return collecting !== null;
}

function bindingOf(gpu: GpuBackend, info: TensorInfo): GPUBufferBinding {
  gpu.uploadToGPU(info.dataId);
  gpu.commandQueueOwnedIds.add(info.dataId);
  return gpu.tensorToBinding(info) as GPUBufferBinding;
}

function uniformBuffer(gpu: GpuBackend, program: Program, values: Readonly<Record<string, number>>): GPUBuffer {
  const bytes = new DataView(new ArrayBuffer(program.uniformBytes));
  program.uniformNames.forEach((name, i) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${program.name}: uniform ${name} is missing`);
    const type = program.uniformTypes[i];
    if (type === "f32") bytes.setFloat32(i * 4, value, true);
    else if (type === "i32") bytes.setInt32(i * 4, value, true);
    else bytes.setUint32(i * 4, value, true);
  });
  const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM;
  const buffer = gpu.bufferManager.acquireBuffer(program.uniformBytes, usage);
  gpu.queue.writeBuffer(buffer, 0, bytes.buffer);
  gpu.uniformPendingDisposal.push(buffer);
  return buffer;
}

function refuseAliases(program: Program, bindings: readonly GPUBufferBinding[]): void {
  program.written.forEach((written, i) => {
    if (!written) return;
    bindings.forEach((other, j) => {
      if (j !== i && other.buffer === bindings[i]?.buffer && !program.written[j]) {
        const [a, b] = [program.storageNames[i], program.storageNames[j]];
        throw new Error(`${program.name}: ${a} is written and ${b} is read in the same buffer`);
      }
    });
  });
}

/** Records one dispatch of a program; tensors bound as "write" are written in place. */
export function dispatch<S extends string, U extends string>(
  gpu: GpuBackend,
  program: Program<S, U>,
  call: Call<S, U>,
): void {
  const [x, y = 1, z = 1] = call.groups;
  const tensors = program.storageNames.map((name) => call.tensors[name]);
  const empty = tensors.some((info, i) => program.written[i] && util.sizeFromShape(info.shape) === 0);
  tensors.forEach((info, i) => {
    if (!program.written[i]) return;
    const data = gpu.tensorMap.get(info.dataId);
    // A tensor that has a buffer is overwritten there; one without is new, or its values go up first.
    if (data.resource) data.values = null;
    if (empty) data.values = util.getTypedArrayFromDType(info.dtype as "float32", 0);
  });
  if (empty || x * y * z === 0) return;
  const plain = program as unknown as Program;
  if (collecting) {
    collecting.add(plain);
    return;
  }
  const { layout, pipeline } = compile(gpu.device, plain);
  const bindings = tensors.map((info) => bindingOf(gpu, info));
  refuseAliases(plain, bindings);
  const entries: GPUBindGroupEntry[] = bindings.map((resource, binding) => ({ binding, resource }));
  if (program.uniformBytes > 0) {
    entries.push({
      binding: entries.length,
      resource: { buffer: uniformBuffer(gpu, plain, call.uniforms) },
    });
  }
  const group = gpu.device.createBindGroup({ layout, entries });
  gpu.ensureCommandEncoderReady();
  gpu.computePassEncoder ??= (gpu.commandEncoder as GPUCommandEncoder).beginComputePass();
  gpu.computePassEncoder.setPipeline(pipeline);
  gpu.computePassEncoder.setBindGroup(0, group);
  gpu.computePassEncoder.dispatchWorkgroups(x, y, z);
  gpu.dispatchCountInPass += 1;
  if (gpu.dispatchCountInPass >= dispatchesPerSubmit) {
    gpu.endComputePassEncoder();
    gpu.submitQueue();
  }
}

/** Makes an output tensor; its contents are whatever the pool left there, so write every element. */
export function makeOutput(gpu: GpuBackend, shape: readonly number[], dtype: DataType = "float32"): TensorInfo {
  return gpu.makeTensorInfo([...shape], dtype);
}
