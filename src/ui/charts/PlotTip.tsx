// What the cursor points at: x and the value of every line.
import type { PlotAxis } from "./LinePlot";
import type { Series } from "./series";

export interface PlotTipProps<T> {
  /** Given by the chart. */
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Readonly<Record<string, number | null>> }[];
  readonly series: readonly Series<T>[];
  readonly xAxis: PlotAxis;
}

/** A small card beside the cursor. */
export function PlotTip<T>({ active, payload, series, xAxis }: PlotTipProps<T>) {
  const row = payload?.[0]?.payload;
  if (active !== true || row === undefined) return null;
  return (
    <div className="rounded-sm border border-line bg-card px-2.5 py-1.5 text-xs shadow-high">
      <p className="mb-0.5 font-mono text-ink-3">
        {xAxis.label} {xAxis.format(row["x"] ?? 0)}
      </p>
      {series.map(({ id, label, color, dash, dots, format }) => {
        const value = row[id];
        if (value === null || value === undefined) return null;
        return (
          <p key={id} className="flex items-center gap-2 whitespace-nowrap">
            <LineKey color={color} dash={dash} dots={dots} />
            <span className="text-ink-2">{label}</span>
            <span className="ml-auto pl-3 font-mono">{format(value)}</span>
          </p>
        );
      })}
    </div>
  );
}

/** A short piece of a line as it is drawn. */
export function LineKey({
  color,
  dash,
  dots,
  opacity = 1,
}: {
  readonly color: string;
  readonly dash?: string | undefined;
  readonly dots?: boolean | undefined;
  readonly opacity?: number | undefined;
}) {
  return (
    <svg width="18" height="8" aria-hidden className="shrink-0">
      {dots === true ? (
        <circle cx="9" cy="4" r="3.5" fill={color} />
      ) : (
        <line
          x1="0"
          x2="18"
          y1="4"
          y2="4"
          stroke={color}
          strokeWidth="2"
          strokeDasharray={dash}
          strokeOpacity={opacity}
        />
      )}
    </svg>
  );
}
