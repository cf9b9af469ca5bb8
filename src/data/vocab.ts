// The labels that a model tells apart, sorted, and their numbers.

export interface Vocab {
  readonly names: readonly string[];
  /** Number of a label, or −1. */
  indexOf(label: string): number;
}

/** The sorted union of all labels given; a Map keeps labels such as `__proto__` harmless. */
export function createVocab(labels: Iterable<readonly string[]>): Vocab {
  const all = new Set<string>();
  for (const some of labels) for (const label of some) all.add(label);
  return vocabOf([...all].sort());
}

/** Names that have their order already. */
export function vocabOf(names: readonly string[]): Vocab {
  const numbers = new Map(names.map((name, i) => [name, i]));
  return { names, indexOf: (label) => numbers.get(label) ?? -1 };
}

/** What a label looks like to a reader: case, accents' composition, blanks and invisible marks ignored. */
export function lookalikeKey(label: string): string {
  return label
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]/g, "")
    .replace(/[\s_]+/g, " ")
    .trim()
    .toLowerCase();
}

/** Groups of labels that a reader would take for one. */
export function lookalikes(names: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = lookalikeKey(name);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A label with its invisible marks made visible, for messages. */
export function visible(label: string): string {
  return label.replace(
    /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]/g,
    (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`,
  );
}
