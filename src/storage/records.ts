// Named records that survive a visit: IndexedDB, or memory where there is none.
import { openDB } from "idb";

export interface Records {
  /** Undefined when there is none; structured-cloneable values, directory handles and files included. */
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
}

/** Records that are gone with the page. */
export function memoryRecords(): Records {
  const values = new Map<string, unknown>();
  return {
    get: (key) => Promise.resolve(values.get(key)),
    put: (key, value) => Promise.resolve(void values.set(key, structuredClone(value))),
    remove: (key) => Promise.resolve(void values.delete(key)),
    keys: () => Promise.resolve([...values.keys()]),
  };
}

/** Records in IndexedDB; throws where the browser keeps nothing. */
export async function indexedRecords(database: string): Promise<Records> {
  const db = await openDB(database, 1, {
    upgrade: (fresh) => void fresh.createObjectStore("records"),
    // Another tab with a newer release must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return {
    get: (key) => db.get("records", key) as Promise<unknown>,
    put: async (key, value) => void (await db.put("records", value, key)),
    remove: (key) => db.delete("records", key),
    keys: async () => (await db.getAllKeys("records")).map(String),
  };
}
