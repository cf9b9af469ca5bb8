// Sets one field of a JSON document by its dotted path, e.g. `data.batchSize` or `train.stages.0.epochs`.

const FORBIDDEN = new Set(["__proto__", "prototype", "constructor"]);

type Json = unknown;

function isContainer(value: Json): value is Record<string, Json> | Json[] {
  return typeof value === "object" && value !== null;
}

/** A copy of the document with one field replaced; containers on the way are copied, the rest is shared. Throws on a path through a plain value. */
export function setPath(document: Json, path: string, value: Json): Json {
  const keys = path.split(".");
  if (keys.some((key) => FORBIDDEN.has(key))) throw new Error(`no field is called ${path}`);
  const place = (at: Json, depth: number): Json => {
    const key = keys[depth];
    if (key === undefined) return value;
    if (!isContainer(at)) throw new Error(`${keys.slice(0, depth).join(".")} has no field ${key}`);
    if (Array.isArray(at)) {
      const index = Number(key);
      if (!Number.isInteger(index) || index < 0 || index > at.length) throw new Error(`${path}: no entry ${key}`);
      const copy = [...at];
      copy[index] = place(at[index], depth + 1);
      return copy;
    }
    return { ...at, [key]: place(at[key], depth + 1) };
  };
  return place(document, 0);
}
