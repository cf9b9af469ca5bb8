// A WGSL compute program: its bindings and uniforms are declared as data, its pipeline is compiled once per device.

/** `"read f32"`, `"read vec4<f32>"`, `"write i32"` (write means read and write), `"write atomic<u32>"`. */
export type StorageSpec = `${"read" | "write"} ${string}`;
export type UniformType = "u32" | "i32" | "f32";

export interface ProgramSpec<S extends string, U extends string> {
  /** Shown in GPU error messages. */
  readonly name: string;
  /** Storage bindings in order: each becomes `var<storage> name : array<element>`. */
  readonly storage: Readonly<Record<S, StorageSpec>>;
  /** Scalars, read in WGSL as `u.name`. */
  readonly uniforms: Readonly<Record<U, UniformType>>;
  /** Language extensions, hoisted to the first line: `["f16", "subgroups"]`. */
  readonly enable?: readonly string[];
  /** WGSL with `@compute @workgroup_size(…) fn main(…)`; declarations of bindings and uniforms are put before it. */
  readonly code: string;
}

export interface Program<S extends string = string, U extends string = string> extends ProgramSpec<S, U> {
  readonly storageNames: readonly S[];
  readonly written: readonly boolean[];
  readonly uniformNames: readonly U[];
  readonly uniformTypes: readonly UniformType[];
  /** Bytes of the uniform struct, a multiple of 16; 0 without uniforms. */
  readonly uniformBytes: number;
  readonly wgsl: string;
}

interface Compiled {
  readonly layout: GPUBindGroupLayout;
  readonly pipeline: GPUComputePipeline;
}

/** Checks a program and writes its declarations; compiles nothing yet. */
export function defineProgram<S extends string, U extends string>(spec: ProgramSpec<S, U>): Program<S, U> {
  const storageNames = Object.keys(spec.storage) as S[];
  const uniformNames = Object.keys(spec.uniforms) as U[];
  const written = storageNames.map((name) => spec.storage[name].startsWith("write "));
  const lines = (spec.enable ?? []).map((extension) => `enable ${extension};`);
  storageNames.forEach((name, i) => {
    const element = spec.storage[name].slice(spec.storage[name].indexOf(" ") + 1);
    const access = written[i] ? "read_write" : "read";
    lines.push(`@group(0) @binding(${i}) var<storage, ${access}> ${name} : array<${element}>;`);
  });
  if (uniformNames.length > 0) {
    const fields = uniformNames.map((name) => `${name} : ${spec.uniforms[name]}`).join(", ");
    lines.push(`struct Uniforms { ${fields} }`);
    lines.push(`@group(0) @binding(${storageNames.length}) var<uniform> u : Uniforms;`);
  }
  return {
    ...spec,
    storageNames,
    written,
    uniformNames,
    uniformTypes: uniformNames.map((name) => spec.uniforms[name]),
    uniformBytes: Math.ceil(uniformNames.length / 4) * 16,
    wgsl: `${lines.join("\n")}\n${spec.code}`,
  };
}

/** Programs that differ in their text: `const program = variants((v: { relu: boolean }) => defineProgram({…}))`. */
export function variants<V, P>(make: (variant: V) => P): (variant: V) => P {
  const made = new Map<string, P>();
  return (variant) => {
    const key = JSON.stringify(variant);
    let program = made.get(key);
    if (program === undefined) made.set(key, (program = make(variant)));
    return program;
  };
}

/** WGSL `main` that runs `body` once for each i < u.n, whatever the number of workgroups (see `flatGroups`). */
export function forEachElement(body: string, workgroupSize = 64): string {
  return `@compute @workgroup_size(${workgroupSize})
fn main(@builtin(global_invocation_id) flat_id : vec3<u32>, @builtin(num_workgroups) flat_groups : vec3<u32>) {
  let i = flat_id.x + flat_id.y * flat_groups.x * ${workgroupSize}u;
  if (i >= u.n) { return; }
${body}
}`;
}

/** Workgroups that cover n invocations, folded into y where one dimension's limit of 65,535 is passed. */
export function flatGroups(n: number, workgroupSize = 64): [number, number] {
  const groups = Math.ceil(n / workgroupSize);
  const rows = Math.max(1, Math.ceil(groups / 65535));
  return [Math.ceil(groups / rows), rows];
}

const compiledByDevice = new WeakMap<GPUDevice, WeakMap<Program, Compiled>>();

function cacheOf(device: GPUDevice): WeakMap<Program, Compiled> {
  let cache = compiledByDevice.get(device);
  if (!cache) compiledByDevice.set(device, (cache = new WeakMap()));
  return cache;
}

function describe(device: GPUDevice, program: Program) {
  // An explicit layout, because "auto" drops bindings that one variant of the text happens not to use.
  const entries: GPUBindGroupLayoutEntry[] = program.written.map((written, binding) => ({
    binding,
    visibility: GPUShaderStage.COMPUTE,
    buffer: { type: written ? "storage" : "read-only-storage" },
  }));
  if (program.uniformBytes > 0) {
    entries.push({
      binding: entries.length,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: "uniform" },
    });
  }
  const layout = device.createBindGroupLayout({ label: program.name, entries });
  const descriptor: GPUComputePipelineDescriptor = {
    label: program.name,
    layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
    compute: {
      module: device.createShaderModule({ label: program.name, code: program.wgsl }),
      entryPoint: "main",
    },
  };
  return { layout, descriptor };
}

/** The pipeline of a program on a device; compiled at once if it is not there yet. */
export function compile(device: GPUDevice, program: Program): Compiled {
  const cache = cacheOf(device);
  let compiled = cache.get(program);
  if (!compiled) {
    const { layout, descriptor } = describe(device, program);
    compiled = { layout, pipeline: device.createComputePipeline(descriptor) };
    cache.set(program, compiled);
  }
  return compiled;
}

/** Compiles programs side by side, ahead of their first use; a faulty one rejects with its compiler message. */
export async function precompile(device: GPUDevice, programs: readonly Program[]): Promise<void> {
  const cache = cacheOf(device);
  const missing = programs.filter((program) => !cache.has(program));
  await Promise.all(
    missing.map(async (program) => {
      const { layout, descriptor } = describe(device, program);
      cache.set(program, { layout, pipeline: await device.createComputePipelineAsync(descriptor) });
    }),
  );
}
