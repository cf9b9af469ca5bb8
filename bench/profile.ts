// Time on the GPU by kernel: every dispatch gets a pass of its own with timestamps around it.

export interface KernelTime {
  readonly name: string;
  readonly count: number;
  readonly ms: number;
}

const room = 4096;

/** Runs `work` once with timestamps and sums them up by the pipelines' labels; needs `timestamp-query`. */
export async function profile(gpu: GPUDevice, work: () => Promise<void>): Promise<KernelTime[]> {
  const names: string[] = [];
  const querySet = gpu.createQuerySet({ type: "timestamp", count: room });
  const { createCommandEncoder } = gpu;
  gpu.createCommandEncoder = (descriptor) => {
    const encoder = createCommandEncoder.call(gpu, descriptor);
    const begin = encoder.beginComputePass.bind(encoder);
    encoder.beginComputePass = () => splitPass(begin, querySet, names);
    return encoder;
  };
  try {
    await work();
  } finally {
    gpu.createCommandEncoder = createCommandEncoder;
  }
  const count = Math.min(names.length * 2, room);
  const usage = GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
  const resolved = gpu.createBuffer({ size: room * 8, usage });
  const host = gpu.createBuffer({ size: room * 8, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  const encoder = gpu.createCommandEncoder();
  encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
  encoder.copyBufferToBuffer(resolved, 0, host, 0, room * 8);
  gpu.queue.submit([encoder.finish()]);
  await host.mapAsync(GPUMapMode.READ);
  const stamps = new BigInt64Array(host.getMappedRange());
  const sums = new Map<string, { count: number; ms: number }>();
  names.slice(0, count / 2).forEach((name, i) => {
    const sum = sums.get(name) ?? { count: 0, ms: 0 };
    const ms = Number((stamps[2 * i + 1] ?? 0n) - (stamps[2 * i] ?? 0n)) / 1e6;
    sums.set(name, { count: sum.count + 1, ms: sum.ms + ms });
  });
  for (const buffer of [resolved, host]) buffer.destroy();
  querySet.destroy();
  return [...sums].map(([name, sum]) => ({ name, ...sum })).sort((a, b) => b.ms - a.ms);
}

function splitPass(
  begin: (descriptor: GPUComputePassDescriptor) => GPUComputePassEncoder,
  querySet: GPUQuerySet,
  names: string[],
): GPUComputePassEncoder {
  let pipeline: GPUComputePipeline | undefined;
  let group: GPUBindGroup | undefined;
  const pass = {
    setPipeline: (next: GPUComputePipeline) => (pipeline = next),
    setBindGroup: (_: number, next: GPUBindGroup) => (group = next),
    dispatchWorkgroups(x: number, y?: number, z?: number) {
      if (!pipeline || !group) return;
      const i = names.push(pipeline.label) - 1;
      const stamped = 2 * i + 1 < room;
      const timestampWrites = { querySet, beginningOfPassWriteIndex: 2 * i, endOfPassWriteIndex: 2 * i + 1 };
      const real = begin(stamped ? { timestampWrites } : {});
      real.setPipeline(pipeline);
      real.setBindGroup(0, group);
      real.dispatchWorkgroups(x, y, z);
      real.end();
    },
    end: () => undefined,
  };
  return pass as unknown as GPUComputePassEncoder;
}
