// A list of things that describe themselves, found by id.

export interface Identified {
  readonly id: string;
}

export interface Registry<T extends Identified> {
  readonly all: readonly T[];
  get(id: string): T | undefined;
}

/** Indexes a list by id; throws on a double id (our own bug). */
export function registry<T extends Identified>(entries: readonly T[]): Registry<T> {
  const byId = new Map<string, T>();
  for (const entry of entries) {
    if (byId.has(entry.id)) throw new Error(`two entries are called ${entry.id}`);
    byId.set(entry.id, entry);
  }
  return { all: entries, get: (id) => byId.get(id) };
}
