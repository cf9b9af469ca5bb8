// The colour of a run, as a dot.
import { cx } from "./cx";

const fills = ["bg-s1", "bg-s2", "bg-s3", "bg-s4", "bg-s5", "bg-s6", "bg-s7"];

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
