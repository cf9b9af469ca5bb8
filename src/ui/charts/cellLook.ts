// The colour of a cell: blue where the model is right, orange where it errs, always with text that reads well on it.

export interface CellLook {
  readonly background: string;
  readonly color: string;
}

/** `heat` 0 to 1. The tint stays below one half, where ink reads well; a strong right cell is full, with the paper's colour on it. */
export function cellLook(heat: number, right: boolean, count: number): CellLook {
  if (count === 0) return { background: "color-mix(in srgb, var(--sunk) 60%, var(--card))", color: "var(--ink-3)" };
  if (right && heat >= 0.7) return { background: "var(--s1)", color: "var(--card)" };
  const tint = Math.round(10 + 40 * Math.min(1, Math.max(0, heat)));
  return {
    background: `color-mix(in srgb, var(${right ? "--s1" : "--s2"}) ${tint}%, var(--card))`,
    color: "var(--ink)",
  };
}
