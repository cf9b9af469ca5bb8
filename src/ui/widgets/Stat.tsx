// One number that matters, large, with its name above and a remark below.
import type { ReactNode } from "react";

/** A large number. */
export function Stat({
  label,
  value,
  note,
}: {
  readonly label: string;
  readonly value: string;
  readonly note?: ReactNode;
}) {
  return (
    <div>
      <div className="text-s text-ink-3">{label}</div>
      <div className="text-num font-[650] tracking-[-0.03em]">{value}</div>
      {note !== undefined && <div className="text-s text-ink-3">{note}</div>}
    </div>
  );
}
