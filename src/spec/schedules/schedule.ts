// Schedules: pure functions from the part that is done, 0…1, to a value.

export type Schedule = (pct: number) => number;

/** What a fit does to the optimizer: the rate for a top of `top`, and momentum. */
export interface FitSchedule {
  lr(top: number): Schedule;
  readonly momentum: Schedule;
}

/** Straight from start to end (fastai SchedLin). */
export function linear(start: number, end: number): Schedule {
  return (pct) => start + (end - start) * pct;
}

/** Half a cosine: end + (start − end)/2 · (cos(π·pct) + 1) (SchedCos). */
export function cosine(start: number, end: number): Schedule {
  return (pct) => end + ((start - end) / 2) * (Math.cos(Math.PI * pct) + 1);
}

/** By equal factors: start · (end/start)^pct (SchedExp). */
export function exponential(start: number, end: number): Schedule {
  return (pct) => start * (end / start) ** pct;
}

/** start + (end − start) · pct^power (SchedPoly). */
export function polynomial(start: number, end: number, power: number): Schedule {
  return (pct) => start + (end - start) * pct ** power;
}

/** One value throughout (SchedNo). */
export function constant(value: number): Schedule {
  return () => value;
}

/** `start`, times `factor` after every part of `every` (PyTorch's StepLR). */
export function steps(start: number, every: number, factor: number): Schedule {
  // The border belongs to the next part; a hair's breadth makes up for the division before.
  return (pct) => start * factor ** Math.floor(pct / every + 1e-9);
}

/**
 * Cyclical learning rates (Smith 2017): from base to top and back in cycles of twice `half` (a part of the way).
 * `height(cycle, pct)` scales the triangle: cycles count from 0.
 */
export function triangular(
  base: number,
  top: number,
  half: number,
  height: (cycle: number, pct: number) => number = () => 1,
): Schedule {
  return (pct) => {
    const cycle = Math.floor(1 + pct / (2 * half) + 1e-9);
    const x = Math.abs(pct / half - 2 * cycle + 1);
    return base + (top - base) * Math.max(0, 1 - x) * height(cycle - 1, pct);
  };
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

/** Equal cycles that each begin anew: a border belongs to the later one. */
export function restarts(shares: readonly number[], schedule: Schedule): Schedule {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return (pct) => {
    let from = 0;
    for (const [i, share] of shares.entries()) {
      const until = from + share / total;
      if (pct < until - 1e-9 || i === shares.length - 1) return schedule(Math.min(1, ((pct - from) * total) / share));
      from = until;
    }
    throw new Error("restarts needs at least one cycle");
  };
}
