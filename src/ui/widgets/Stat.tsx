// One number that matters, large, with its name above and a remark below.
import type { ReactNode } from "react";
import { cx } from "./cx";

/** A large number. */
export function Stat({
  label,
  value,
  note,
  dense = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly note?: ReactNode;
  /** Three stand side by side: smaller on a phone. */
  readonly dense?: boolean;
}) {
  return (
    <div>
      <div className="text-s text-ink-3">{label}</div>
      <div className={cx("text-num font-[650] tracking-[-0.03em] whitespace-nowrap", dense && "max-sm:text-xl")}>
        {value}
      </div>
      {note !== undefined && <div className="text-s text-ink-3">{note}</div>}
    </div>
  );
}
