// Finds the states in what a weight file holds: dicts of tensors at any depth, and the parameters of whole modules.
import { Refusal } from "./refusal";
import { isKind, type PyObject, type PyTensor, type PyValue } from "./values";

export interface TensorState {
  /** Keys that lead to it; empty for the file's own dict. */
  readonly path: readonly string[];
  readonly tensors: ReadonlyMap<string, PyTensor>;
}

/** Far deeper than any checkpoint, far less than a call stack. */
const MAX_DEPTH = 200;
/** Visits; sub-trees that are shared count each time. */
const MAX_VISITS = 2_000_000;

type Node = Extract<PyValue, { kind: "list" | "tuple" | "set" | "dict" | "object" }>;

const isNode = (value: PyValue): value is Node =>
  typeof value === "object" && value !== null && !(value instanceof Uint8Array) && !["name", "storage", "tensor"].includes(value.kind); // prettier-ignore

/** Keeps a walk finite: on the path twice is a cycle, and depth and visits are bounded. */
function createGuard(): { enter<T>(node: Node, act: () => T): T } {
  const path = new Set<Node>();
  let visits = 0;
  return {
    enter(node, act) {
      visits += 1;
      if (path.has(node)) throw new Refusal("PTH_CYCLE");
      if (path.size >= MAX_DEPTH) throw new Refusal("PTH_DEPTH");
      if (visits > MAX_VISITS) throw new Refusal("PTH_LIMIT", "values");
      path.add(node);
      const result = act();
      path.delete(node);
      return result;
    },
  };
}

type Guard = ReturnType<typeof createGuard>;

const pairsOf = (value: PyValue | undefined): Iterable<[PyValue, PyValue]> =>
  isKind(value, "dict") ? value.entries : [];

/** A module's `state_dict()`: its parameters, its buffers except those that are not saved, then its children's. */
function moduleState(module: PyObject, prefix: string, into: Map<string, PyTensor>, guard: Guard): void {
  guard.enter(module, () => {
    const { attributes } = module;
    const unsaved = attributes.get("_non_persistent_buffers_set");
    const skip = new Set(isKind(unsaved, "set") ? unsaved.items : []);
    for (const part of ["_parameters", "_buffers"])
      for (const [name, tensor] of pairsOf(attributes.get(part)))
        if (isKind(tensor, "tensor") && !skip.has(name)) into.set(`${prefix}${String(name)}`, tensor);
    for (const [name, child] of pairsOf(attributes.get("_modules")))
      if (isKind(child, "object")) moduleState(child, `${prefix}${String(name)}.`, into, guard);
  });
}

const keyOf = (key: PyValue): string =>
  typeof key === "string" || typeof key === "number" || typeof key === "bigint" ? String(key) : "…";

/** All states, the one with the most tensors first; refuses cycles, towers, and whole models without parameters. */
export function findStates(root: PyValue): TensorState[] {
  const states: TensorState[] = [];
  const guard = createGuard();
  const visit = (value: PyValue, path: readonly string[]): void => {
    if (!isNode(value)) return;
    if (value.kind === "object") {
      const tensors = new Map<string, PyTensor>();
      moduleState(value, "", tensors, guard);
      if (tensors.size > 0) states.push({ path, tensors });
      else if (path.length === 0) throw new Refusal("PTH_WHOLE_MODEL", value.type);
      return;
    }
    guard.enter(value, () => {
      if (value.kind !== "dict") {
        for (const [i, item] of [...value.items].entries()) visit(item, [...path, String(i)]);
        return;
      }
      const tensors = new Map<string, PyTensor>();
      for (const [key, item] of value.entries) {
        if (typeof key === "string" && isKind(item, "tensor")) tensors.set(key, item);
        else if (!(item instanceof Uint8Array)) visit(item, [...path, keyOf(key)]);
      }
      if (tensors.size > 0) states.push({ path, tensors });
    });
  };
  visit(root, []);
  return states.sort((a, b) => b.tensors.size - a.tensors.size);
}
