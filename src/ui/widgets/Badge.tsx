// A small word about a state: never by colour alone.
import type { ReactNode } from "react";
import { cx } from "./cx";

export type BadgeTone = "ok" | "warn" | "bad" | "quiet";

const tones: Readonly<Record<BadgeTone, string>> = {
  ok: "bg-accent-soft text-accent",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  quiet: "bg-sunk text-ink-3",
};

/** A pill with a word in it. */
export function Badge({ tone = "quiet", children }: { readonly tone?: BadgeTone; readonly children: ReactNode }) {
  return (
    <span
      className={cx(
        "rounded-full whitespace-nowrap px-[7px] py-px text-[10.5px] leading-normal font-semibold",
        tones[tone],
      )}
    >
      {children}
    </span>
  );
}
