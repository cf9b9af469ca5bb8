// What a pickle may hold here: plain data, tensors that nothing has read yet, and objects that are only names.
import type { StorageType } from "./storageTypes";

export interface PyList {
  readonly kind: "list";
  readonly items: PyValue[];
}

export interface PyTuple {
  readonly kind: "tuple";
  readonly items: readonly PyValue[];
}

export interface PySet {
  readonly kind: "set";
  readonly items: PyValue[];
}

export interface PyDict {
  readonly kind: "dict";
  /** An OrderedDict, which may carry attributes (`_metadata`); they are passed over. */
  readonly ordered: boolean;
  readonly entries: Map<PyValue, PyValue>;
}

/** A name of Python's that the pickle mentions: never looked up, never called. */
export interface PyName {
  readonly kind: "name";
  readonly name: string;
}

/** An instance of a class that is known by name only, with the attributes it was saved with. */
export interface PyObject {
  readonly kind: "object";
  readonly type: string;
  readonly attributes: Map<PyValue, PyValue>;
}

/** A run of numbers elsewhere in the file. */
export interface PyStorage {
  readonly kind: "storage";
  readonly key: string;
  readonly type: StorageType;
  /** Values of it, and where they begin in the run of that key. */
  readonly numel: number;
  readonly offset: number;
}

/** A view of a storage; offset and strides count values. */
export interface PyTensor {
  readonly kind: "tensor";
  readonly storage: PyStorage;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

export type PyValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PyList
  | PyTuple
  | PySet
  | PyDict
  | PyName
  | PyObject
  | PyStorage
  | PyTensor;

type Kinds = Exclude<PyValue, null | boolean | number | bigint | string | Uint8Array>;

/** Whether a value is of one of the compound kinds. */
export function isKind<K extends Kinds["kind"]>(
  value: PyValue | undefined,
  kind: K,
): value is Extract<Kinds, { kind: K }> {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array) && value.kind === kind;
}
