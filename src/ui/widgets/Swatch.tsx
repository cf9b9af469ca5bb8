// The colour of a class, with an edge by which it is seen on any ground.
import { cx } from "./cx";

export interface SwatchProps {
  /** A CSS colour. */
  readonly colour: string;
  readonly round?: boolean;
}

/** A small square, or a dot. */
export function Swatch({ colour, round = false }: SwatchProps) {
  return (
    <span
      aria-hidden
      className={cx("inline-block size-2.5 shrink-0 ring-1 ring-line-strong", round ? "rounded-full" : "rounded-[3px]")}
      style={{ background: colour }}
    />
  );
}
