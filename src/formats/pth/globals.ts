// The allow-list: which names of Python's a weight file may mention, and what stands for a call of each.
import { Refusal } from "./refusal";
import { STORAGE_TYPES } from "./storageTypes";
import { isKind, type PyDict, type PyTensor, type PyTuple, type PyValue } from "./values";
import { viewOf } from "./view";

type Rebuild = (args: readonly PyValue[], name: string) => PyValue;

const shapeOf = (value: PyValue | undefined): readonly number[] => {
  if (!isKind(value, "tuple")) throw new Refusal("PTH_CORRUPT", "a shape");
  return value.items.map((length) => {
    if (typeof length !== "number") throw new Refusal("PTH_CORRUPT", "a shape");
    return length;
  });
};

/** `(storage, offset, size, stride, …)`; what follows concerns only training. */
function rebuildTensor(args: readonly PyValue[]): PyTensor {
  const [storage, offset, size, stride] = args;
  if (!isKind(storage, "storage") || typeof offset !== "number") throw new Refusal("PTH_CORRUPT", "a tensor");
  return viewOf(storage, offset, shapeOf(size), shapeOf(stride));
}

function rebuildParameter(args: readonly PyValue[]): PyValue {
  const [tensor] = args;
  if (!isKind(tensor, "tensor")) throw new Refusal("PTH_CORRUPT", "a parameter");
  return tensor;
}

/** `OrderedDict()` and `OrderedDict([(key, value), …])`. */
function orderedDict(args: readonly PyValue[]): PyDict {
  const entries = new Map<PyValue, PyValue>();
  const [pairs] = args;
  if (pairs !== undefined && !isKind(pairs, "list")) throw new Refusal("PTH_CORRUPT", "an OrderedDict");
  for (const pair of pairs?.items ?? []) {
    if (!(isKind(pair, "tuple") || isKind(pair, "list")) || pair.items.length !== 2)
      throw new Refusal("PTH_CORRUPT", "an OrderedDict");
    entries.set(pair.items[0] as PyValue, pair.items[1] as PyValue);
  }
  return { kind: "dict", ordered: true, entries };
}

function itemsOf(args: readonly PyValue[]): PyValue[] {
  const [items] = args;
  if (items === undefined) return [];
  if (!isKind(items, "list") && !isKind(items, "tuple")) throw new Refusal("PTH_CORRUPT", "a collection");
  return [...items.items];
}

const asSet: Rebuild = (args) => ({ kind: "set", items: itemsOf(args) });
const asTuple: Rebuild = (args): PyTuple => ({ kind: "tuple", items: itemsOf(args) });

/** Everything that may be called. Nothing is: each entry says what PyTorch would have built. */
const REBUILD: ReadonlyMap<string, Rebuild> = new Map<string, Rebuild>([
  ["collections.OrderedDict", orderedDict],
  ["collections.defaultdict", () => ({ kind: "dict", ordered: true, entries: new Map() })],
  ["builtins.set", asSet],
  ["__builtin__.set", asSet],
  ["builtins.frozenset", asSet],
  ["__builtin__.frozenset", asSet],
  ["torch.Size", asTuple],
  ["torch.device", (args) => ({ kind: "tuple", items: args })],
  ["torch._utils._rebuild_tensor", rebuildTensor],
  ["torch._utils._rebuild_tensor_v2", rebuildTensor],
  ["torch._utils._rebuild_parameter", rebuildParameter],
  ["torch._utils._rebuild_parameter_with_state", rebuildParameter],
]);

/** Number formats and plain classes that are mentioned as values (a dict's default, an optimizer's setting). */
const MENTIONED =
  /^(?:torch\.(?:float|double|half|bfloat|int|uint|long|short|bool)\d*|(?:builtins|__builtin__)\.(?:int|float|list|dict|str|bool|tuple))$/;

/** Classes whose instances are read as their attributes: PyTorch's layers, and the models made of them. */
const CLASS = /^(?:torch\.nn|torchvision|fastai|timm|__main__)\.[\w.]*[A-Za-z_]\w*$/;

/** Whether a name may be mentioned at all. */
export function isAllowed(name: string): boolean {
  return REBUILD.has(name) || STORAGE_TYPES.has(name) || MENTIONED.test(name) || CLASS.test(name);
}

/** What a call would have given. */
export function rebuild(callee: PyValue, args: PyValue): PyValue {
  if (!isKind(callee, "name")) throw new Refusal("PTH_CORRUPT", "a call of what is no name");
  const build = REBUILD.get(callee.name);
  if (!build) throw new Refusal("PTH_GLOBAL", callee.name);
  if (!isKind(args, "tuple")) throw new Refusal("PTH_CORRUPT", "a call");
  return build(args.items, callee.name);
}

/** An instance without attributes yet. */
export function instance(type: PyValue, args: PyValue): PyValue {
  if (!isKind(type, "name") || !isKind(args, "tuple")) throw new Refusal("PTH_CORRUPT", "an object");
  if (!CLASS.test(type.name)) throw new Refusal("PTH_GLOBAL", type.name);
  return { kind: "object", type: type.name, attributes: new Map() };
}

/** BUILD: attributes for an object; an OrderedDict's own attributes (`_metadata`) are passed over. */
export function giveAttributes(target: PyValue, state: PyValue): void {
  const parts = isKind(state, "tuple") ? state.items : [state];
  if (isKind(target, "dict") && target.ordered && isKind(state, "dict")) {
    const foreign = [...state.entries.keys()].find((key) => key !== "_metadata");
    if (foreign !== undefined) throw new Refusal("PTH_BUILD", String(foreign));
    return;
  }
  if (!isKind(target, "object")) throw new Refusal("PTH_BUILD");
  for (const part of parts) {
    if (part === null) continue;
    if (!isKind(part, "dict")) throw new Refusal("PTH_BUILD", target.type);
    for (const [key, value] of part.entries) target.attributes.set(key, value);
  }
}
