// A plain table of facts: first column names, the rest numbers in type that lines up.
import type { ReactNode } from "react";
import { cx } from "./cx";

export interface DataTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ReactNode[])[];
  /** Hides the head and the caption from sight, not from screen readers. */
  readonly className?: string;
}

const cell =
  "border-b border-line px-2.5 py-1.5 text-right font-mono text-[12px] first:pl-4.5 first:text-left last:pr-4.5";

/** A table that scrolls sideways in itself. */
export function DataTable({ caption, columns, rows, className }: DataTableProps) {
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={cx("overflow-x-auto", className)} aria-label={caption} tabIndex={0}>
      <table className="w-full border-collapse text-s">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                className={cx(cell, "font-sans! text-xs! font-semibold whitespace-nowrap text-ink-3")}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index} className="last:[&>td]:border-0">
              {row.map((value, at) => (
                <td key={columns[at] ?? at} className={cell}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
