// In what the recipes of several runs differ: the first question when their numbers do.
import type { Recipe } from "../spec/recipe";

export interface Difference {
  /** Dotted path in the recipe: `data.batchSize`, `train.stages.1.lr`. */
  readonly path: string;
  /** One value a recipe, in order; null where a recipe has no such field. */
  readonly values: readonly (string | null)[];
}

/** A field that says which thing it is, so that a list's entries are compared with their own kind. */
function nameOf(entry: unknown, index: number): string {
  if (typeof entry !== "object" || entry === null) return String(index);
  const kind = "kind" in entry ? entry.kind : undefined;
  return typeof kind === "string" ? kind : String(index);
}

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (Array.isArray(value)) {
    if (value.every((entry) => typeof entry !== "object")) into.set(path, value.join(", "));
    else value.forEach((entry, index) => flatten(entry, `${path}.${nameOf(entry, index)}`, into));
  } else if (typeof value === "object" && value !== null) {
    for (const [key, field] of Object.entries(value)) flatten(field, path === "" ? key : `${path}.${key}`, into);
  } else into.set(path, String(value));
}

/** The fields in which not all recipes agree, titles left out, in the order of the recipe. */
export function recipeDifferences(recipes: readonly Recipe[]): readonly Difference[] {
  const fields = recipes.map((recipe) => {
    const own = new Map<string, string>();
    flatten({ ...recipe, title: undefined }, "", own);
    return own;
  });
  const paths = new Set(fields.flatMap((own) => [...own.keys()]));
  return [...paths].flatMap((path) => {
    const values = fields.map((own) => own.get(path) ?? null);
    return values.every((value) => value === values[0]) ? [] : [{ path, values }];
  });
}
