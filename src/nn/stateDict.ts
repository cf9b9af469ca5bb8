// A model's saved state under PyTorch's names and in PyTorch's layouts, out and in.
import type { StateReport } from "../spec/run";
import { writeTensor } from "../tensor/writeTensor";
import { fromTorch, torchShape, toTorch } from "./layout";
import type { Buffer, Module } from "./module";
import type { Parameter } from "./parameter";
import { readTensors } from "./readTensors";

/** Ours are float32, and int64 for `num_batches_tracked`; files bring others too. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array | Int32Array | Uint8Array;
}

export type StateDict = ReadonlyMap<string, HostTensor>;

type Entry = { readonly name: string } & (
  { readonly parameter: Parameter; readonly buffer?: never } | { readonly buffer: Buffer; readonly parameter?: never }
);

const parent = (name: string): string => name.slice(0, name.lastIndexOf("."));

/** Everything that is saved, in PyTorch's order: a module's parameters, then its buffers. */
function entries(model: Module): Entry[] {
  const parameters = model.savedParameters();
  const buffers = model.namedBuffers();
  const order = new Map(model.namedModules().map(([name], i) => [name, i]));
  const all: Entry[] = [
    ...parameters.map(([name, parameter]) => ({ name, parameter })),
    ...buffers.map(([name, buffer]) => ({ name, buffer })),
  ];
  return all.sort((a, b) => (order.get(parent(a.name)) ?? 0) - (order.get(parent(b.name)) ?? 0));
}

/** The shape an entry has in PyTorch. */
function shapeOf(entry: Entry): number[] {
  if (entry.parameter) return torchShape(entry.parameter.tensor.shape, entry.parameter.layout);
  return entry.buffer.kind === "tensor" ? [...entry.buffer.tensor.shape] : [];
}

/** Names and shapes of the state, without reading it. */
export function stateShapes(model: Module): Map<string, number[]> {
  return new Map(entries(model).map((entry) => [entry.name, shapeOf(entry)]));
}

/** The model's state as it is now. */
export async function stateDict(model: Module): Promise<Map<string, HostTensor>> {
  const all = entries(model);
  const tensors = all.flatMap(({ parameter, buffer }) =>
    parameter ? [parameter.tensor] : buffer.kind === "tensor" ? [buffer.tensor] : [],
  );
  const counters = all.map(({ buffer }) => (buffer?.kind === "counter" ? buffer.value : 0));
  const values = await readTensors(tensors);
  let next = 0;
  return new Map(
    all.map((entry, i): [string, HostTensor] => {
      const shape = shapeOf(entry);
      if (entry.buffer?.kind === "counter") {
        return [entry.name, { shape, data: BigInt64Array.of(BigInt(counters[i] as number)) }];
      }
      const raw = values[next] as Float32Array;
      next += 1;
      const { parameter } = entry;
      return [entry.name, { shape, data: parameter ? toTorch(raw, parameter.tensor.shape, parameter.layout) : raw }];
    }),
  );
}

function write(entry: Entry, { data }: HostTensor): void {
  if (entry.buffer?.kind === "counter") {
    entry.buffer.value = Number(data[0] ?? 0);
    return;
  }
  const values = data instanceof Float32Array ? data : Float32Array.from(data, Number);
  if (entry.parameter) {
    const { tensor, layout } = entry.parameter;
    writeTensor(tensor, fromTorch(values, tensor.shape, layout));
  } else writeTensor(entry.buffer.tensor, values);
}

/** Takes over what fits by name and shape, leaves the rest as it is, and says which is which; `name` goes into the report. */
export function loadStateDict(model: Module, state: StateDict, name = ""): StateReport {
  const missing: string[] = [];
  const misshapen: { name: string; expected: number[]; found: number[] }[] = [];
  const wanted = new Set<string>();
  const written = new Set<Parameter>();
  let matched = 0;
  for (const entry of entries(model)) {
    wanted.add(entry.name);
    const found = state.get(entry.name);
    const expected = shapeOf(entry);
    // A shared parameter has several names. The first one counts: fastai may keep a dropped copy under another.
    const known = entry.parameter !== undefined && written.has(entry.parameter);
    if (!found) {
      if (known) continue;
      // Files from before PyTorch 0.4 and many converters leave the counters out; nothing depends on them.
      if (entry.buffer?.kind !== "counter") missing.push(entry.name);
    } else if (found.shape.join() !== expected.join()) {
      misshapen.push({ name: entry.name, expected, found: [...found.shape] });
    } else {
      if (!known) write(entry, found);
      if (entry.parameter) written.add(entry.parameter);
      matched += 1;
    }
  }
  const extra = [...state.keys()].filter((key) => !wanted.has(key));
  return { name, matched, missing, extra, misshapen };
}
