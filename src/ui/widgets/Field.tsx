// How every field of a form is laid out: its name and help at the left, the control at the right.
import type { ReactNode } from "react";
import { Label } from "react-aria-components";
import { Help } from "./Help";
import { cx } from "./cx";

export const fieldRow = "grid grid-cols-[minmax(96px,2fr)_minmax(0,3fr)] items-center gap-x-2 text-s max-sm:gap-y-1";
export const inputBox =
  "hit w-full min-w-0 rounded-sm border border-edge/60 bg-paper px-2.5 py-1 font-mono text-[12px] text-ink hover:border-edge wrong:border-bad focus:border-accent";

/** The label cell of a field within an aria field component. */
export function FieldLabel({ label, help = "" }: { readonly label: string; readonly help?: string | undefined }) {
  return (
    <span className="flex items-center gap-0.5">
      <Label className="text-ink-2">{label}</Label>
      <Help term={label} text={help} />
    </span>
  );
}

/** A row for what is no aria field: a fact beside its name. */
export function FactRow({
  label,
  children,
  className,
}: {
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string;
}) {
  return (
    <div className={cx(fieldRow, className)}>
      <span className="text-ink-2">{label}</span>
      <span className="min-w-0 font-mono text-[12px] break-words">{children}</span>
    </div>
  );
}
