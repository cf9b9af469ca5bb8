// From the states of a pickle to tensors that are read when they are asked for, with a bound on what they swell to.
import type { Problem } from "../../base/problem";
import { ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { decodeValues, isDecoded, type TensorData } from "../safetensors/dtypes";
import type { StoredTensor } from "../safetensors/readSafetensors";
import type { WeightFile } from "../weights/weightFile";
import { Refusal } from "./refusal";
import { findStates } from "./states";
import type { PyStorage, PyTensor, PyValue } from "./values";
import { gather, sizeOf } from "./view";

/** The bytes of a storage from its first value on, little endian, in a buffer of their own. */
export type StorageBytes = (storage: PyStorage) => Promise<Uint8Array<ArrayBuffer>>;

/** Views of one storage may overlap, as tied weights do; a file whose tensors are many times its size is a bomb. */
const MAX_SWELLING = 8;
const FREE_BYTES = 64 * 2 ** 20;

function checkSwelling(tensors: Iterable<PyTensor>, fileBytes: number): void {
  const seen = new Set<PyTensor>();
  let bytes = 0;
  for (const tensor of tensors) {
    if (seen.has(tensor)) continue;
    seen.add(tensor);
    bytes += sizeOf(tensor.shape) * tensor.storage.type.bytes;
  }
  if (bytes > FREE_BYTES + MAX_SWELLING * fileBytes) throw new Refusal("PTH_EXPAND");
}

/** The weights in the value of a pickle; throws a Refusal. */
export function tensorsOf(
  value: PyValue,
  fileBytes: number,
  bytesOf: StorageBytes,
  problems: readonly Problem[],
): Result<WeightFile, Problem> {
  const states = findStates(value);
  checkSwelling(
    states.flatMap(({ tensors }) => [...tensors.values()]),
    fileBytes,
  );
  // Many tensors may share one storage (flattened parameters): the last one is kept decoded.
  let last: { readonly key: string; readonly values: Promise<TensorData> } | null = null;
  const valuesOf = (storage: PyStorage): Promise<TensorData> => {
    if (last?.key !== storage.key)
      last = { key: storage.key, values: bytesOf(storage).then((bytes) => decodeValues(storage.type.dtype, bytes)) };
    return last.values;
  };
  const skipped: string[] = [];
  const stored = (name: string, tensor: PyTensor): [string, StoredTensor][] => {
    const { shape, storage } = tensor;
    if (isDecoded(storage.type.dtype))
      return [[name, { dtype: storage.type.dtype, shape, read: async () => gather(tensor, await valuesOf(storage)) }]];
    skipped.push(`${name}: ${storage.type.dtype}`);
    return [];
  };
  const read = states.map(({ path, tensors }) => ({
    path,
    tensors: new Map([...tensors].flatMap(([name, tensor]) => stored(name, tensor))),
  }));
  return ok({
    metadata: new Map(),
    states: read,
    problems: [
      ...problems,
      ...(skipped.length > 0 ? [problem("ST_DTYPE_SKIPPED", { items: skipped })] : []),
      ...(read.length === 0 ? [problem("PTH_NO_TENSORS")] : []),
    ],
  });
}
