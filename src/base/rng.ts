// Seeded random numbers for everything but numpy's own sequence: a counter-free 32-bit generator with named streams.

export interface Rng {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform unsigned 32-bit integer. */
  bits(): number;
  /** Uniform integer in [0, n). */
  below(n: number): number;
  /** Standard normal (Box and Muller). */
  normal(): number;
}

/** 32-bit FNV-1a hash of a string: turns names into streams. */
export function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** Mixes integers and names into one 32-bit seed; order matters. */
export function mixSeed(...parts: readonly (number | string)[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    const value = typeof part === "number" ? part >>> 0 : hashString(part);
    state = Math.imul(state ^ value, 0x85ebca6b);
    state ^= state >>> 13;
    state = Math.imul(state, 0xc2b2ae35);
    state ^= state >>> 16;
  }
  return state >>> 0;
}

/** The generator (mulberry32) of one stream: `createRng(seed, "split")`, `createRng(seed, "augment", epoch, item)`. */
export function createRng(...parts: readonly (number | string)[]): Rng {
  let state = mixSeed(...parts);
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return (t ^ (t >>> 14)) >>> 0;
  };
  const uniform = (): number => bits() / 2 ** 32;
  return {
    bits,
    uniform,
    below: (n) => Math.floor(uniform() * n),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** A shuffled copy (Fisher and Yates, from the end). */
export function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i -= 1) {
    const j = rng.below(i + 1);
    const a = copy[i] as T;
    copy[i] = copy[j] as T;
    copy[j] = a;
  }
  return copy;
}
