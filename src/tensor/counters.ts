// Counts what a device is asked to do, exactly and on any machine: dispatches, uploads, buffers, bytes, submits.

export interface Counts {
  readonly dispatches: number;
  readonly submits: number;
  readonly passes: number;
  readonly copies: number;
  readonly bindGroups: number;
  readonly pipelines: number;
  /** Calls and bytes of queue.writeBuffer. */
  readonly writes: number;
  readonly writtenBytes: number;
  /** Bytes of buffers created mapped: the stock way of uploading a tensor. */
  readonly mappedBytes: number;
  readonly buffersCreated: number;
  /** Bytes bound by all dispatches together. */
  readonly boundBytes: number;
  /** Reads to the host. */
  readonly maps: number;
  /** Bytes of buffers alive now, and their largest sum since the last reset. */
  readonly liveBytes: number;
  readonly peakBytes: number;
}

export interface Counters {
  /** A copy of the counts since the last reset. */
  read(): Counts;
  /** Back to zero; live bytes stay, the peak starts from them. */
  reset(): void;
  /** The device is as it was before. */
  detach(): void;
}

type Mutable = { -readonly [K in keyof Counts]: number };

const zero: Counts = {
  dispatches: 0,
  submits: 0,
  passes: 0,
  copies: 0,
  bindGroups: 0,
  pipelines: 0,
  writes: 0,
  writtenBytes: 0,
  mappedBytes: 0,
  buffersCreated: 0,
  boundBytes: 0,
  maps: 0,
  liveBytes: 0,
  peakBytes: 0,
};

function entryBytes(entry: GPUBindGroupEntry): number {
  const resource = entry.resource as GPUBufferBinding;
  return resource.buffer === undefined ? 0 : (resource.size ?? resource.buffer.size - (resource.offset ?? 0));
}

function watchPass(pass: GPUComputePassEncoder, counts: Mutable, bytesOf: WeakMap<GPUBindGroup, number>): void {
  const { dispatchWorkgroups } = pass;
  const setBindGroup = pass.setBindGroup as (...args: unknown[]) => undefined;
  let bound = 0;
  pass.setBindGroup = (...args: unknown[]) => {
    const group = args[1] as GPUBindGroup | null;
    bound = group ? (bytesOf.get(group) ?? 0) : 0;
    return setBindGroup.apply(pass, args);
  };
  pass.dispatchWorkgroups = (x, y, z) => {
    counts.dispatches += 1;
    counts.boundBytes += bound;
    dispatchWorkgroups.call(pass, x, y, z);
  };
}

function watchBuffer(buffer: GPUBuffer, counts: Mutable): void {
  const { destroy, mapAsync } = buffer;
  let alive = true;
  counts.buffersCreated += 1;
  counts.liveBytes += buffer.size;
  counts.peakBytes = Math.max(counts.peakBytes, counts.liveBytes);
  buffer.destroy = () => {
    if (alive) counts.liveBytes -= buffer.size;
    alive = false;
    destroy.call(buffer);
  };
  buffer.mapAsync = (mode, offset, size) => {
    counts.maps += 1;
    return mapAsync.call(buffer, mode, offset, size);
  };
}

function watchEncoder(encoder: GPUCommandEncoder, counts: Mutable, bytesOf: WeakMap<GPUBindGroup, number>): void {
  const { beginComputePass } = encoder;
  const copy = encoder.copyBufferToBuffer as (...args: unknown[]) => undefined;
  encoder.beginComputePass = (descriptor) => {
    counts.passes += 1;
    const pass = beginComputePass.call(encoder, descriptor);
    watchPass(pass, counts, bytesOf);
    return pass;
  };
  encoder.copyBufferToBuffer = (...args: unknown[]) => {
    counts.copies += 1;
    return copy.apply(encoder, args);
  };
}

/** Starts counting on a device; buffers made before are not known. */
export function attachCounters(device: GPUDevice): Counters {
  const counts: Mutable = { ...zero };
  const bytesOf = new WeakMap<GPUBindGroup, number>();
  const { queue } = device;
  const { createBuffer, createBindGroup, createCommandEncoder, createComputePipeline } = device;
  const { submit } = queue;
  const write = queue.writeBuffer as (...args: unknown[]) => undefined;

  device.createBuffer = (descriptor) => {
    const buffer = createBuffer.call(device, descriptor);
    if (descriptor.mappedAtCreation) counts.mappedBytes += descriptor.size;
    watchBuffer(buffer, counts);
    return buffer;
  };
  device.createBindGroup = (descriptor) => {
    counts.bindGroups += 1;
    const group = createBindGroup.call(device, descriptor);
    bytesOf.set(
      group,
      [...descriptor.entries].reduce((sum, entry) => sum + entryBytes(entry), 0),
    );
    return group;
  };
  device.createCommandEncoder = (descriptor) => {
    const encoder = createCommandEncoder.call(device, descriptor);
    watchEncoder(encoder, counts, bytesOf);
    return encoder;
  };
  device.createComputePipeline = (descriptor) => {
    counts.pipelines += 1;
    return createComputePipeline.call(device, descriptor);
  };
  queue.submit = (buffers) => {
    counts.submits += 1;
    return submit.call(queue, buffers);
  };
  queue.writeBuffer = (...args: unknown[]) => {
    const source = args[2] as ArrayBuffer | ArrayBufferView;
    const perElement = ArrayBuffer.isView(source)
      ? ((source as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1)
      : 1;
    const size = args[4] as number | undefined;
    counts.writes += 1;
    counts.writtenBytes += size === undefined ? source.byteLength : size * perElement;
    return write.apply(queue, args);
  };
  return {
    read: () => ({ ...counts }),
    reset() {
      const { liveBytes } = counts;
      Object.assign(counts, zero, { liveBytes, peakBytes: liveBytes });
    },
    detach() {
      // The methods are the prototype's; ours only cover them.
      for (const name of ["createBuffer", "createBindGroup", "createCommandEncoder", "createComputePipeline"]) {
        Reflect.deleteProperty(device, name);
      }
      for (const name of ["submit", "writeBuffer"]) Reflect.deleteProperty(queue, name);
    },
  };
}
