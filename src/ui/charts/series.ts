// How lines are told apart: by colour and by dash pattern, so that neither has to be seen.

const DASHES = [undefined, "6 4", "2 3", "10 3 2 3", "1 3", "12 4", "8 3 2 3 2 3"] as const;

/** Dash pattern of the series with this index; the first one is solid. */
export function seriesDash(index: number): string | undefined {
  return DASHES[index % DASHES.length];
}

/** CSS colour of the series with this index. */
export function seriesStroke(index: number): string {
  return `var(--s${(index % DASHES.length) + 1})`;
}

export interface Series<T> {
  readonly id: string;
  readonly label: string;
  readonly of: (point: T) => number | null;
  readonly color: string;
  readonly dash?: string | undefined;
  readonly width?: number;
  readonly opacity?: number;
  /** Dots without a line. */
  readonly dots?: boolean;
  /** Dots on the line. */
  readonly marked?: boolean;
  readonly axis?: "left" | "right";
  readonly format: (value: number) => string;
}
