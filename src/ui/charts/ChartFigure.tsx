// The frame of every chart: legend, drawing, the sentence, and the same numbers as a table behind a toggle.
import { Table2 } from "lucide-react";
import { useId, useMemo, useState, type ReactNode } from "react";
import { ToggleButton } from "react-aria-components";
import { LineKey } from "./LineKey";
import type { Series } from "./series";
import { VirtualTable } from "./VirtualTable";

export interface ChartTable {
  readonly columns: readonly string[];
  readonly count: number;
  readonly row: (index: number) => readonly string[];
}

export interface ChartFigureProps {
  /** What the chart shows, for its name and its table's. */
  readonly name: string;
  readonly sentence: string;
  readonly table: ChartTable;
  readonly legend?: readonly Pick<Series<never>, "id" | "label" | "color" | "dash" | "dots" | "opacity">[];
  /** Small controls, right of the legend. */
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** A figure that can be seen, read out, or read as numbers. */
export function ChartFigure({ name, sentence, table, legend = [], controls, children }: ChartFigureProps) {
  const [asTable, setAsTable] = useState(false);
  const caption = useId();
  const toggle = useMemo(
    () => (
      <ToggleButton
        aria-label={`${name} as a table`}
        isSelected={asTable}
        onChange={setAsTable}
        className="hit inline-flex items-center gap-1.5 rounded-full px-2 py-1 text-ink-2 hover:bg-sunk hover:text-ink selected:bg-accent-soft selected:text-accent"
      >
        <Table2 className="size-3.5" aria-hidden />
        Table
      </ToggleButton>
    ),
    [name, asTable],
  );
  return (
    <figure aria-label={name} aria-describedby={caption} className="min-w-0">
      <div className="mb-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
        {legend.map(({ id, label, color, dash, dots, opacity }) => (
          <span key={id} className="inline-flex items-center gap-1.5 whitespace-nowrap">
            <LineKey color={color} dash={dash} dots={dots} opacity={opacity} />
            {label}
          </span>
        ))}
        <span className="ml-auto inline-flex flex-wrap items-center gap-2">
          {controls}
          {toggle}
        </span>
      </div>
      {asTable ? <VirtualTable caption={name} {...table} /> : children}
      <figcaption id={caption} className="mt-1 text-xs text-ink-3">
        {sentence}
      </figcaption>
    </figure>
  );
}
