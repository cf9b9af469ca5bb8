// The colour of a run, as a dot.
import { cx } from "./cx";

const fills = ["bg-s1", "bg-s2", "bg-s3", "bg-s4", "bg-s5", "bg-s6", "bg-s7"];

/** CSS colour of a series by its index, for charts: `var(--s1)` to `var(--s7)`. */
export function seriesColor(index: number): string {
  return `var(--s${(index % fills.length) + 1})`;
}

/** A dot in the run's colour; a ring while it is going. */
export function RunDot({ color, going = false }: { readonly color: number; readonly going?: boolean }) {
  return (
    <span
      aria-hidden
      className={cx(
        "inline-block size-[9px] shrink-0 rounded-full",
        fills[color % fills.length],
        going && "animate-pulse",
      )}
    />
  );
}
