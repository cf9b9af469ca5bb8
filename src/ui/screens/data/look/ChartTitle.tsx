// The heading of a chart.
import type { ReactNode } from "react";

/** A quiet line above the drawing. */
export function ChartTitle({ children, aside }: { readonly children: ReactNode; readonly aside?: ReactNode }) {
  return (
    <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
      <h3 className="text-s font-semibold">{children}</h3>
      {aside}
    </div>
  );
}
