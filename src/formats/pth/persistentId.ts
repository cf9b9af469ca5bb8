// Persistent ids of PyTorch's pickles: the description of a storage.
import { Refusal } from "./refusal";
import { STORAGE_TYPES } from "./storageTypes";
import { isKind, type PyStorage, type PyValue } from "./values";

interface StorageId {
  readonly storage: PyStorage;
  /** `(key, offset, size)` of a view of another storage, in files of the first years. */
  readonly view: PyValue;
}

/** `("storage", class, key, device, values[, view])`. */
export function readStorageId(id: PyValue): StorageId {
  if (!isKind(id, "tuple")) throw new Refusal("PTH_PERSID");
  const [tag, type, key, device, numel, view = null] = id.items;
  if (tag !== "storage" || !isKind(type, "name") || typeof device !== "string") throw new Refusal("PTH_PERSID");
  const known = STORAGE_TYPES.get(type.name);
  if (!known) throw new Refusal("PTH_PERSID", type.name);
  if (typeof key !== "string" && typeof key !== "number") throw new Refusal("PTH_PERSID");
  if (typeof numel !== "number" || !Number.isSafeInteger(numel) || numel < 0) throw new Refusal("PTH_STORAGE_SIZE", String(key)); // prettier-ignore
  return { storage: { kind: "storage", key: String(key), type: known, numel, offset: 0 }, view };
}
