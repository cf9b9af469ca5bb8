// The pickle machine's memory: a stack with marks and a memo, both bounded, and the dicts and lists that it fills.
import { ByteReader } from "./byteReader";
import { Refusal } from "./refusal";
import { isKind, type PyValue } from "./values";

/** A model has thousands of values; these stop a file that was made to fill the memory. */
const MAX_STACK = 1_000_000;
const MAX_MEMO = 1_000_000;

/** Finds the storage that a persistent id names. */
export type StorageOf = (id: PyValue) => PyValue;

export class Machine {
  readonly reader: ByteReader;
  readonly storageOf: StorageOf;
  readonly #outer: PyValue[][] = [];
  readonly #memo = new Map<number, PyValue>();
  #stack: PyValue[] = [];
  /** The first name that is not allowed: whatever else the pickle does, it is refused for it. */
  foreign: string | null = null;
  /** Set by STOP. */
  result: PyValue | undefined = undefined;

  constructor(bytes: Uint8Array<ArrayBuffer>, storageOf: StorageOf) {
    this.reader = new ByteReader(bytes);
    this.storageOf = storageOf;
  }

  push(value: PyValue): void {
    if (this.#stack.length >= MAX_STACK) throw new Refusal("PTH_LIMIT", "the stack");
    this.#stack.push(value);
  }

  pop(): PyValue {
    const value = this.#stack.pop();
    if (value === undefined) throw new Refusal("PTH_CORRUPT", "an empty stack");
    return value;
  }

  top(): PyValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw new Refusal("PTH_CORRUPT", "an empty stack");
    return value;
  }

  mark(): void {
    if (this.#outer.length >= MAX_STACK) throw new Refusal("PTH_LIMIT", "the stack");
    this.#outer.push(this.#stack);
    this.#stack = [];
  }

  /** Everything above the last mark. */
  popToMark(): PyValue[] {
    const above = this.#stack;
    const below = this.#outer.pop();
    if (below === undefined) throw new Refusal("PTH_CORRUPT", "no mark");
    this.#stack = below;
    return above;
  }

  put(index: number): void {
    if (!Number.isSafeInteger(index) || index < 0) throw new Refusal("PTH_CORRUPT", "the memo");
    if (this.#memo.size >= MAX_MEMO) throw new Refusal("PTH_LIMIT", "the memo");
    this.#memo.set(index, this.top());
  }

  memoize(): void {
    this.put(this.#memo.size);
  }

  get(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw new Refusal("PTH_CORRUPT", `memo ${index}`);
    this.push(value);
  }

  /** Fills the list or set on top. */
  append(items: readonly PyValue[]): void {
    const target = this.top();
    if (!isKind(target, "list") && !isKind(target, "set")) throw new Refusal("PTH_SETITEM");
    for (const item of items) target.items.push(item);
  }

  /** Fills the dict on top with keys and values in turn. */
  setItems(items: readonly PyValue[]): void {
    const target = this.top();
    if (!isKind(target, "dict")) throw new Refusal("PTH_SETITEM");
    setPairs(target.entries, items);
  }
}

/** Keys and values in turn into a Map, so that no name is special. */
export function setPairs(entries: Map<PyValue, PyValue>, items: readonly PyValue[]): void {
  if (items.length % 2 !== 0) throw new Refusal("PTH_CORRUPT", "a key without a value");
  for (let i = 0; i < items.length; i += 2) entries.set(items[i] as PyValue, items[i + 1] as PyValue);
}
