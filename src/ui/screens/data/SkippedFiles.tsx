// Files that are left out, by reason; a long list draws only what is in view.
import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown } from "lucide-react";
import { useRef, useState } from "react";
import type { SkippedItem } from "../../../spec/dataReport";
import { plural } from "../../../store/formatNumbers";
import { useDataset, useStudio } from "../../hooks/useStudio";
import { Button, Card, cx } from "../../widgets";

/** Groups in the order of their size. */
function byReason(skipped: readonly SkippedItem[]): [string, SkippedItem[]][] {
  const groups = new Map<string, SkippedItem[]>();
  for (const item of skipped) groups.set(item.reason, [...(groups.get(item.reason) ?? []), item]);
  return [...groups].sort((a, b) => b[1].length - a[1].length);
}

/** Nothing is drawn while nothing is left out. */
export function SkippedFiles() {
  const { page } = useStudio();
  const skipped = useDataset((state) => state.report?.skipped);
  if (!skipped || skipped.length === 0) return null;
  const save = (): void => {
    const lines = skipped.map(({ path, code, reason }) =>
      [path, code, reason].map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","),
    );
    page.download("left-out.csv", new Blob([["path,code,reason", ...lines].join("\n"), "\n"], { type: "text/csv" }));
  };
  return (
    <Card
      title={`${plural(skipped.length, "file")} left out`}
      hint="Everything else is used. Nothing on your disk was changed."
      aside={<Button onPress={save}>Save the list</Button>}
    >
      <ul className="divide-y divide-line rounded-md border border-line">
        {byReason(skipped).map(([reason, items]) => (
          <ReasonGroup key={reason} reason={reason} items={items} />
        ))}
      </ul>
    </Card>
  );
}

function ReasonGroup({ reason, items }: { readonly reason: string; readonly items: readonly SkippedItem[] }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="hit flex w-full items-center gap-2 px-3 py-2 text-left text-s"
      >
        <ChevronDown className={cx("size-3.5 text-ink-3 transition-transform", !open && "-rotate-90")} aria-hidden />
        <span className="flex-1">{reason}</span>
        <span className="font-mono text-xs text-ink-3">{plural(items.length, "file")}</span>
      </button>
      {open && <PathList items={items} />}
    </li>
  );
}

function PathList({ items }: { readonly items: readonly SkippedItem[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  // The virtualizer changes under the same identity; nothing here is memoised by it.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 8,
  });
  return (
    // What scrolls must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} tabIndex={0} className="max-h-60 overflow-auto border-t border-line bg-sunk">
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <li
            key={row.key}
            className="absolute inset-x-0 truncate px-3 font-mono text-xs leading-6"
            style={{ transform: `translateY(${row.start}px)` }}
            title={items[row.index]?.path}
          >
            {items[row.index]?.path}
          </li>
        ))}
      </ul>
    </div>
  );
}
