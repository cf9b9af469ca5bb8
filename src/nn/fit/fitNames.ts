// Finds under which names of the model a file's tensors belong: prefixes stripped, layouts tried, the best fit taken.
import { LAYOUTS } from "./layouts";

export type Shapes = ReadonlyMap<string, readonly number[]>;

export interface NameFit {
  /** The file's names → ours; what belongs nowhere keeps its name. */
  readonly names: ReadonlyMap<string, string>;
  /** How many of ours are met in name and shape (the first convolution in all but its channels). */
  readonly matched: number;
}

/** Prefixes (`module.`, `model.encoder.`) that at least a quarter of the names begin with, and none. */
function prefixes(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const parts = name.split(".");
    for (let depth = 1; depth < Math.min(4, parts.length); depth += 1) {
      const prefix = `${parts.slice(0, depth).join(".")}.`;
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  }
  const common = [...counts].filter(([, count]) => count >= names.length / 4).map(([prefix]) => prefix);
  return ["", ...common];
}

/** Where the body lies in a model: fastai's classifier `0.`, or its U-Net `layers.0.`. */
const bodyOf = (wanted: Shapes): string => ([...wanted.keys()].some((name) => name.startsWith("layers.0.")) ? "layers.0." : "0."); // prettier-ignore

/** The model's first convolution, which alone may have other channels than the file's. */
export function firstConvOf(wanted: Shapes): string | null {
  return [...wanted].find(([, shape]) => shape.length === 4)?.[0] ?? null;
}

const isAdaptable = (found: readonly number[], wanted: readonly number[]): boolean =>
  found.length === 4 && found[1] === 3 && [0, 2, 3].every((axis) => found[axis] === wanted[axis]);

/** The renaming with the most matches. */
export function fitNames(found: Shapes, wanted: Shapes): NameFit {
  const body = bodyOf(wanted);
  const first = firstConvOf(wanted);
  const all = [...found.keys()];
  const score = (names: ReadonlyMap<string, string>): number => {
    let matched = 0;
    for (const [name, ours] of names) {
      const shape = wanted.get(ours);
      const own = found.get(name) as readonly number[];
      if (shape && (shape.join() === own.join() || (ours === first && isAdaptable(own, shape)))) matched += 1;
    }
    return matched;
  };
  const asIs = new Map(all.map((name) => [name, name]));
  let best: NameFit = { names: asIs, matched: score(asIs) };
  for (const prefix of prefixes(all)) {
    for (const layout of [null, ...LAYOUTS]) {
      const names = new Map(
        all.map((name) => {
          if (!name.startsWith(prefix)) return [name, name];
          const rest = name.slice(prefix.length);
          const inside = layout?.(rest) ?? null;
          const ours = inside === null ? rest : `${body}${inside}`;
          return [name, wanted.has(ours) || inside !== null || layout === null ? ours : rest];
        }),
      );
      // Two tensors under one name: this layout reads the file wrongly.
      if (new Set(names.values()).size < names.size) continue;
      const matched = score(names);
      if (matched > best.matched) best = { names, matched };
    }
  }
  return best;
}
