// Opens a .safetensors file: its table of contents first, tensors only when they are asked for.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { decodeValues, isDecoded, type TensorData } from "./dtypes";
import { headerLength, parseHeader, type TensorEntry } from "./header";

export interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Floats of any width come as float32. */
  read(): Promise<TensorData>;
}

export interface Safetensors {
  readonly metadata: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** What was left out, and an empty file. */
  readonly problems: readonly Problem[];
}

async function bytesOf(file: Blob, begin: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(begin, end).arrayBuffer());
}

function stored(file: Blob, dataStart: number, { dtype, shape, begin, end }: TensorEntry): StoredTensor {
  return {
    dtype,
    shape,
    read: async () => decodeValues(dtype, await bytesOf(file, dataStart + begin, dataStart + end)),
  };
}

/** The tensors of a file by name; a file with any fault is refused as a whole. */
export async function readSafetensors(file: Blob): Promise<Result<Safetensors, Problem>> {
  const length = headerLength(await bytesOf(file, 0, 8), file.size);
  if (!length.ok) return length;
  const header = parseHeader(await bytesOf(file, 8, 8 + length.value), file.size);
  if (!header.ok) return header;
  const { metadata, tensors, dataStart } = header.value;
  const skipped = tensors.filter(({ dtype }) => !isDecoded(dtype)).map(({ name, dtype }) => `${name}: ${dtype}`);
  const problems: Problem[] = [];
  if (skipped.length > 0) problems.push(problem("ST_DTYPE_SKIPPED", { items: skipped }));
  if (tensors.length === 0) problems.push(problem("ST_NO_TENSORS"));
  const usable = tensors.filter(({ dtype }) => isDecoded(dtype));
  return ok({
    metadata,
    tensors: new Map(usable.map((entry) => [entry.name, stored(file, dataStart, entry)])),
    problems,
  });
}

/** Names of the tensors that hold NaN or infinity. */
export function notFinite(tensors: ReadonlyMap<string, { readonly data: TensorData }>): string[] {
  return [...tensors]
    .filter(([, { data }]) => data instanceof Float32Array && !data.every(Number.isFinite))
    .map(([name]) => name);
}

/** Reads all tensors; refuses those that hold NaN or infinity. */
export async function readFiniteTensors(
  file: Safetensors,
): Promise<Result<Map<string, { readonly shape: readonly number[]; readonly data: TensorData }>, Problem>> {
  const all = new Map<string, { readonly shape: readonly number[]; readonly data: TensorData }>();
  for (const [name, { shape, read }] of file.tensors) all.set(name, { shape, data: await read() });
  const bad = notFinite(all);
  return bad.length > 0 ? err(problem("WEIGHTS_NOT_FINITE", { items: bad })) : ok(all);
}
