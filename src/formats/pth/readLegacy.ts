// PyTorch's files before version 1.6: five pickles, then the storages one after the other.
import type { Problem } from "../../base/problem";
import { err, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { WeightFile } from "../weights/weightFile";
import { readStorageId } from "./persistentId";
import { refusable, Refusal } from "./refusal";
import { tensorsOf } from "./tensorsOf";
import { MAX_PICKLE, noStorages, unpickle } from "./unpickle";
import { isKind, type PyStorage, type PyValue } from "./values";

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** The first pickle is PyTorch's magic number: PROTO 2, LONG1 of ten bytes, STOP. */
export function startsLikeLegacy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && bytes[2] === 0x8a && bytes[3] === 10 && bytes[4] === 0x6c && bytes[5] === 0xfc;
}

/** Where the numbers of each storage begin in the file. */
type Places = Map<string, { readonly begin: number; readonly numel: number }>;

interface Contents {
  readonly value: PyValue;
  /** Types by key, of storages that are no views of others. */
  readonly types: ReadonlyMap<string, PyStorage>;
  readonly keys: readonly string[];
  /** Bytes of the five pickles. */
  readonly end: number;
}

/** A storage, or a view of one that lies in the file: `(key of the root, offset, size)`. */
function withView(storage: PyStorage, view: PyValue): PyStorage {
  if (view === null) return storage;
  if (!isKind(view, "tuple")) throw new Refusal("PTH_PERSID");
  const [, offset, size] = view.items;
  if (typeof offset !== "number" || typeof size !== "number") throw new Refusal("PTH_PERSID");
  if (offset < 0 || size < 0 || offset + size > storage.numel) throw new Refusal("PTH_VIEW_OOB", storage.key);
  return { ...storage, offset, numel: size };
}

function readPickles(bytes: Uint8Array<ArrayBuffer>): Contents {
  let at = 0;
  const types = new Map<string, PyStorage>();
  const next = (storageOf = noStorages): PyValue => {
    const { value, length } = unpickle(bytes.subarray(at), storageOf);
    at += length;
    return value;
  };
  if (next() !== MAGIC || next() !== PROTOCOL) throw new Refusal("PTH_CORRUPT", "the magic number");
  next();
  const value = next((id) => {
    const { storage, view } = readStorageId(id);
    const known = types.get(storage.key);
    if (known && known.type !== storage.type) throw new Refusal("PTH_PERSID", storage.key);
    types.set(storage.key, storage);
    return withView(storage, view);
  });
  const keys = next();
  if (!isKind(keys, "list")) throw new Refusal("PTH_CORRUPT", "the list of storages");
  return { value, types, keys: keys.items.map(String), end: at };
}

/** Each storage is its number of values (int64), then the values. */
async function findPlaces(file: Blob, { types, keys, end }: Contents): Promise<Places> {
  const places: Places = new Map();
  let at = end;
  for (const key of keys) {
    const storage = types.get(key);
    if (!storage) throw new Refusal("PTH_RECORD", key);
    if (at + 8 > file.size) throw new Refusal("PTH_TRUNCATED", key);
    const numel = Number(new DataView(await file.slice(at, at + 8).arrayBuffer()).getBigInt64(0, true));
    const begin = at + 8;
    if (numel < storage.numel) throw new Refusal("PTH_STORAGE_SIZE", key);
    at = begin + numel * storage.type.bytes;
    if (at > file.size) throw new Refusal("PTH_TRUNCATED", key);
    places.set(key, { begin, numel });
  }
  const lost = [...types.keys()].find((key) => !places.has(key));
  if (lost !== undefined) throw new Refusal("PTH_RECORD", lost);
  return places;
}

/** The weights of an old file; one that ends within its pickles is told to be saved anew. */
export async function readLegacyWeights(file: Blob): Promise<Result<WeightFile, Problem>> {
  const head = new Uint8Array(await file.slice(0, MAX_PICKLE).arrayBuffer());
  try {
    const contents = readPickles(head);
    const places = await findPlaces(file, contents);
    return refusable(() =>
      tensorsOf(
        contents.value,
        file.size,
        async ({ key, type }) => {
          const { begin, numel } = places.get(key) as { begin: number; numel: number };
          return new Uint8Array(await file.slice(begin, begin + numel * type.bytes).arrayBuffer());
        },
        [],
      ),
    );
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    const cut = thrown.code === "PTH_TRUNCATED" || thrown.code === "PTH_EMPTY";
    return err(cut ? problem("PTH_LEGACY", { items: thrown.problem.items }) : thrown.problem);
  }
}
