// A bar that fills; without a share it says only that something is going on.
import { ProgressBar } from "react-aria-components";
import { cx } from "./cx";

export interface ProgressProps {
  readonly label: string;
  /** 0 to 1, or null while nobody can tell. */
  readonly share: number | null;
  readonly className?: string;
}

/** A thin progress bar. It moves without a transition: an animated width is laid out sixty times a second while a run goes. */
export function Progress({ label, share, className }: ProgressProps) {
  return (
    <ProgressBar
      aria-label={label}
      {...(share === null ? { isIndeterminate: true } : { value: share * 100 })}
      className={cx("h-1.5 overflow-hidden rounded-full bg-sunk inset-ring inset-ring-line", className)}
    >
      <span
        className={cx("block h-full rounded-full bg-accent", share === null && "animate-pulse")}
        style={{ width: share === null ? "35%" : `${share * 100}%` }}
      />
    </ProgressBar>
  );
}
