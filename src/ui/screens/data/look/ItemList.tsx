// Small pictures of any number of items: only rows in sight are drawn, and the arrow keys walk through all.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useId, useRef, type KeyboardEvent } from "react";
import { useBox } from "../../../charts/useBox";
import { useExplorer, useStudio } from "../../../hooks/useStudio";
import { cx } from "../../../widgets";
import { ItemPicture } from "../../inspect/ItemPicture";

const CELL = 76;
const GAP = 6;
const LINE = 30;
/** Padding and scroll bar. */
const EDGE = 28;
const ROWS_PER_PAGE = 4;

/** Where a key leads from a place in a list of `count` in rows of `columns`; null for other keys. */
export function placeAfter(key: string, at: number, columns: number, count: number): number | null {
  const moves: Readonly<Record<string, number>> = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    PageUp: at - ROWS_PER_PAGE * columns,
    PageDown: at + ROWS_PER_PAGE * columns,
    Home: 0,
    End: count - 1,
  };
  const to = moves[key];
  return to === undefined ? null : Math.max(0, Math.min(count - 1, to));
}

export interface ItemListProps {
  /** Texts have no pictures: a line each, with its name and labels. */
  readonly lines: boolean;
}

/** A list box in rows; the chosen item is kept in sight. */
export function ItemList({ lines }: ItemListProps) {
  const { explorer } = useStudio();
  const { found, at, facts } = useExplorer((state) => ({ found: state.found, at: state.at, facts: state.facts }));
  const { ref, width } = useBox();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const count = found?.length ?? 0;
  const room = Math.max(CELL, width - EDGE);
  const columns = lines ? 1 : Math.max(1, Math.floor((room + GAP) / (CELL + GAP)));
  // Pictures fill their row to its end.
  const side = Math.floor((room + GAP) / columns) - GAP;
  const height = lines ? LINE : side + GAP;
  // The virtualizer changes under the same identity; nothing here is memoised by it.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: Math.ceil(count / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 2,
  });
  // Rows that were placed by another height are placed anew.
  useEffect(() => rows.measure(), [rows, height]);
  const shown = rows.getVirtualItems();
  const [first, last] = [(shown[0]?.index ?? 0) * columns, ((shown.at(-1)?.index ?? -1) + 1) * columns];
  useEffect(() => {
    if (found !== null) void explorer.describe([...found.subarray(first, last)]);
  }, [explorer, found, first, last]);
  useEffect(() => {
    if (count > 0) rows.scrollToIndex(Math.floor(at / columns));
    // Only a new choice scrolls, never scrolling itself.
  }, [at, columns, count]); // oxlint-disable-line react-hooks/exhaustive-deps
  const onKey = (event: KeyboardEvent): void => {
    const to = placeAfter(event.key, at, columns, count);
    if (to === null) return;
    event.preventDefault();
    void explorer.choose(to);
  };
  return (
    <div ref={ref}>
      <div
        ref={scroller}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold pictures, nor a hundred thousand of them
        role="listbox"
        aria-label="Items"
        aria-orientation="horizontal"
        aria-activedescendant={count > 0 ? `${id}-${at}` : undefined}
        tabIndex={0}
        onKeyDown={onKey}
        className="relative h-[330px] overflow-y-auto rounded-md bg-sunk p-1.5 outline-offset-2 focus-visible:outline-2 focus-visible:outline-accent max-sm:h-[250px]"
      >
        <div role="presentation" className="relative" style={{ height: rows.getTotalSize() }}>
          {shown.map((row) => (
            <div
              key={row.key}
              role="presentation"
              className="absolute inset-x-0 flex gap-1.5"
              style={{ transform: `translateY(${row.start}px)` }}
            >
              {Array.from({ length: Math.min(columns, count - row.index * columns) }, (_, column) => {
                const place = row.index * columns + column;
                const item = found?.[place] ?? 0;
                const fact = facts.get(item);
                return (
                  // Arrow keys on the list box do the same by keyboard.
                  // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                  <div
                    key={item}
                    id={`${id}-${place}`}
                    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
                    role="option"
                    tabIndex={-1}
                    aria-selected={place === at}
                    aria-setsize={count}
                    aria-posinset={place + 1}
                    aria-label={fact ? `${fact.path}: ${fact.labels.join(", ")}` : `Item ${place + 1}`}
                    title={fact ? `${fact.path}\n${fact.labels.join(", ")}` : undefined}
                    onClick={() => void explorer.choose(place)}
                    style={lines ? { height: LINE } : { width: side, height: side }}
                    className={cx(
                      "cursor-pointer overflow-hidden rounded-sm",
                      lines ? "flex min-w-0 flex-1 items-center gap-2 px-2 text-s" : "shrink-0",
                      place === at && (lines ? "bg-accent-soft" : "outline-2 outline-offset-1 outline-accent"),
                    )}
                  >
                    {lines ? (
                      <>
                        <span className="min-w-0 flex-1 truncate font-mono text-[12px]">{fact?.path}</span>
                        <span className="shrink-0 text-xs text-ink-3">{fact?.labels.join(" ")}</span>
                      </>
                    ) : (
                      <ItemPicture item={item} alt="" className="size-full" />
                    )}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
