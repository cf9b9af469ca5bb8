// Schedules: pure functions from the part that is done, 0…1, to a value.

export type Schedule = (pct: number) => number;

/** Straight from start to end. */
export function linear(start: number, end: number): Schedule {
  return (pct) => start + (end - start) * pct;
}

/** Half a cosine: end + (start − end)/2 · (cos(π·pct) + 1). */
export function cosine(start: number, end: number): Schedule {
  return (pct) => end + ((start - end) / 2) * (Math.cos(Math.PI * pct) + 1);
}

/** By equal factors: start · (end/start)^pct. */
export function exponential(start: number, end: number): Schedule {
  return (pct) => start * (end / start) ** pct;
}

/** One value throughout. */
export function constant(value: number): Schedule {
  return () => value;
}

/** Schedules one after the other, each over its share of the way; a border belongs to the earlier one. */
export function combine(parts: readonly { readonly share: number; readonly schedule: Schedule }[]): Schedule {
  return (pct) => {
    let from = 0;
    for (const [i, { share, schedule }] of parts.entries()) {
      if (pct <= from + share || i === parts.length - 1) return schedule(share > 0 ? (pct - from) / share : 1);
      from += share;
    }
    throw new Error("combine needs at least one schedule");
  };
}
