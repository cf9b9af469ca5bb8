// Where pictures that a table names lie after all: the folder and the ending under which most of them are found.
import type { FileIndex } from "../sources/fileIndex";

/** So many names are looked for. */
const LOOKED_FOR = 500;

export interface Place {
  readonly folder: string;
  readonly suffix: string;
}

/** Null where no one place has more of the names than were found already. */
export function betterPlace(index: FileIndex, missing: readonly string[], foundAlready: number): Place | null {
  const wanted = new Set(missing.slice(0, LOOKED_FOR));
  if (wanted.size === 0) return null;
  const counts = new Map<string, { readonly place: Place; count: number }>();
  for (const file of index.images) {
    const path = index.paths[file] ?? "";
    const slash = path.lastIndexOf("/");
    const name = path.slice(slash + 1);
    const dot = name.lastIndexOf(".");
    const suffix = wanted.has(name) ? "" : dot > 0 && wanted.has(name.slice(0, dot)) ? name.slice(dot) : null;
    if (suffix === null) continue;
    const place = { folder: path.slice(0, Math.max(0, slash)), suffix };
    const key = `${place.folder}\n${suffix}`;
    const known = counts.get(key);
    if (known) known.count += 1;
    else counts.set(key, { place, count: 1 });
  }
  const best = [...counts.values()].sort((a, b) => b.count - a.count)[0];
  if (best === undefined) return null;
  const share = best.count / wanted.size;
  return share * missing.length > foundAlready ? best.place : null;
}
