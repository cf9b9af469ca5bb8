// Everything that is not used, and why: files that cannot be read, and what has no partner; each list can be kept.
import { useVirtualizer } from "@tanstack/react-virtual";
import { Check, ChevronDown } from "lucide-react";
import { useRef, useState } from "react";
import type { Mend } from "../../../../base/problem";
import { leftOutGroups } from "../../../../store/leftOut";
import { namesCsv } from "../../../../store/namesCsv";
import { formatCount } from "../../../../store/formatNumbers";
import { useDataset, useExplorer, useStudio } from "../../../hooks/useStudio";
import { Button, cx, Empty } from "../../../widgets";

interface GroupProps {
  readonly title: string;
  readonly detail: string;
  readonly names: readonly string[];
  readonly mend: readonly Mend[];
}

/** Groups, the largest first. */
export function UnmatchedPanel() {
  const { page } = useStudio();
  const skipped = useDataset((state) => state.report?.skipped ?? []);
  const unmatched = useExplorer((state) => state.unmatched);
  if (unmatched === null) return <div className="h-40 animate-pulse rounded-md bg-sunk" />;
  const groups = leftOutGroups(skipped, unmatched);
  if (groups.length === 0)
    return (
      <Empty icon={<Check aria-hidden />} title="Everything has its partner">
        Every picture that was found has an answer, and every answer its picture. Files that cannot be read are named
        here once they have been opened.
      </Empty>
    );
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-s text-ink-3">Everything else is used. Nothing on your disk was changed.</p>
        <Button onPress={() => page.download("left-out.csv", new Blob([namesCsv(groups)], { type: "text/csv" }))}>
          Save the list
        </Button>
      </div>
      <ul className="divide-y divide-line rounded-md border border-line">
        {groups.map((group) => (
          <Group key={group.title + group.detail} {...group} />
        ))}
      </ul>
    </div>
  );
}

function Group({ title, detail, names, mend }: GroupProps) {
  const { session, data } = useStudio();
  const [open, setOpen] = useState(false);
  const press = (action: Mend["action"]): void => {
    const problem = {
      code: "UNMATCHED",
      severity: "note",
      title,
      detail,
      items: names,
      total: names.length,
      mend,
    } as const;
    session.mend(action, { id: -1, problem, retry: () => void data.prepare() });
  };
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="hit flex w-full items-baseline gap-2 px-3 py-2 text-left text-s"
      >
        <ChevronDown
          className={cx("size-3.5 shrink-0 self-center text-ink-3 transition-transform", !open && "-rotate-90")}
          aria-hidden
        />
        <span className="min-w-0 flex-1">
          <span className="font-[550]">{title}</span>
          <span className="block text-xs text-ink-3 [overflow-wrap:anywhere]">
            {detail} {names.slice(0, 3).join(", ")}
            {names.length > 3 && " …"}
          </span>
        </span>
        <span className="font-mono text-xs text-ink-3">{formatCount(names.length)}</span>
      </button>
      {open && (
        <>
          {mend.length > 0 && (
            <div className="flex flex-wrap gap-2 px-3 pb-2.5">
              {mend.map(({ label, action }) => (
                <Button key={label} onPress={() => press(action)}>
                  {label}
                </Button>
              ))}
            </div>
          )}
          <Names title={title} names={names} />
        </>
      )}
    </li>
  );
}

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  // The virtualizer changes under the same identity; nothing here is memoised by it.
  // oxlint-disable-next-line react/incompatible-library
  const rows = useVirtualizer({
    count: names.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 8,
  });
  return (
    <section
      ref={scroller}
      aria-label={title}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-60 overflow-auto border-t border-line bg-sunk"
    >
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <li
            key={row.key}
            className="absolute inset-x-0 truncate px-3 font-mono text-xs leading-6"
            style={{ transform: `translateY(${row.start}px)` }}
            title={names[row.index]}
          >
            {names[row.index]}
          </li>
        ))}
      </ul>
    </section>
  );
}
