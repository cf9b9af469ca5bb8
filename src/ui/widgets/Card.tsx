// A card: the quiet surface that everything lies on, with an optional title line.
import type { ReactNode } from "react";
import { cx } from "./cx";

export interface CardProps {
  readonly children: ReactNode;
  readonly className?: string;
  /** Title; makes the card a named region. */
  readonly title?: string;
  /** Right of the title: small controls or facts. */
  readonly aside?: ReactNode;
  readonly hint?: ReactNode;
  /** Without inner padding, for tables and grids. */
  readonly bare?: boolean;
}

/** A titled surface. */
export function Card({ children, className, title, aside, hint, bare = false }: CardProps) {
  return (
    <section
      {...(title === undefined ? {} : { "aria-label": title })}
      className={cx("min-w-0 rounded-lg border border-line bg-card shadow-card", className)}
    >
      {title !== undefined && (
        <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4.5 pt-4">
          <div className="min-w-0">
            <h2 className="text-l font-[620] tracking-[-0.01em]">{title}</h2>
            {hint !== undefined && <p className="text-s text-ink-3">{hint}</p>}
          </div>
          {aside !== undefined && <div className="flex flex-wrap items-center gap-2 text-s text-ink-2">{aside}</div>}
        </header>
      )}
      <div className={bare ? "" : "px-4.5 py-4"}>{children}</div>
    </section>
  );
}
