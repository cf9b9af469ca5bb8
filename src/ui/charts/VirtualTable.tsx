// A table of numbers of any length: beyond 50 rows only those in sight are drawn.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, type ReactNode } from "react";
import { cx } from "../widgets";

export interface VirtualTableProps {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly count: number;
  readonly row: (index: number) => readonly ReactNode[];
  /** What stands in the head of a column instead of its name, e.g. a button that sorts by it. */
  readonly renderHead?: (column: string) => ReactNode;
  /** Pixels; all rows are of one height. */
  readonly rowHeight?: number;
  readonly className?: string;
}

const ROW = 27;
const ALL_BELOW = 50;
const cell =
  "border-b border-line bg-card px-3 py-1 text-right font-mono text-[12px] whitespace-nowrap first:sticky first:left-0 first:z-1 first:pl-4.5 first:text-left last:pr-4.5";

/** Scrolls in itself; every row tells its number to screen readers. */
export function VirtualTable({
  caption,
  columns,
  count,
  row,
  renderHead,
  rowHeight = ROW,
  className,
}: VirtualTableProps) {
  const scroller = useRef<HTMLElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- matters to React's compiler only, which is not used here
  const rows = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: count > ALL_BELOW,
  });
  const items = rows.getVirtualItems();
  const shown = count > ALL_BELOW ? items.map(({ index }) => index) : Array.from({ length: count }, (_, i) => i);
  const before = count > ALL_BELOW ? (items[0]?.start ?? 0) : 0;
  const after = count > ALL_BELOW ? rows.getTotalSize() - (items[items.length - 1]?.end ?? 0) : 0;
  return (
    <section
      ref={scroller}
      aria-label={caption}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cx("max-h-64 overflow-auto rounded-md border border-line", className)}
    >
      <table className="w-full border-collapse" aria-rowcount={count + 1}>
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 z-2">
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column} scope="col" className={cx(cell, "font-sans! text-xs! font-semibold text-ink-3")}>
                {renderHead ? renderHead(column) : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {shown.map((index) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: rowHeight }}>
              {row(index).map((value, at) => (
                <td key={columns[at] ?? at} className={cell}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  );
}
