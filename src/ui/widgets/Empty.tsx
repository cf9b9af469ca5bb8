// An empty panel: what will appear here, and the one action that fills it.
import type { ReactNode } from "react";

export interface EmptyProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}

/** Says what will be here. */
export function Empty({ icon, title, children, action }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-12 text-center">
      {icon !== undefined && <span className="text-ink-3 [&_svg]:size-8 [&_svg]:stroke-[1.4]">{icon}</span>}
      <h2 className="text-l font-[620] tracking-[-0.01em]">{title}</h2>
      {children !== undefined && <p className="text-m text-ink-2">{children}</p>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
