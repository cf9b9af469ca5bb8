// The data block as a line of six cards: each shows its result and its state.
import { SLOTS, type SlotName, type SlotReport } from "../../../spec/dataReport";
import { plural } from "../../../store/formatNumbers";
import { useDataset } from "../../hooks/useStudio";
import { Badge, cx, type BadgeTone } from "../../widgets";
import { SlotSketch } from "./SlotSketch";
import { SLOT_WORDS } from "./slotWords";

export interface RibbonProps {
  readonly selected: SlotName;
  readonly onSelect: (slot: SlotName) => void;
}

/** What stands in the corner of a card. */
function stateOf({ state, problems }: SlotReport): { readonly tone: BadgeTone; readonly text: string } {
  if (state === "ok") return { tone: "ok", text: "ok" };
  if (state === "warning") return { tone: "warn", text: plural(Math.max(1, problems.length), "warning") };
  if (state === "error") return { tone: "bad", text: plural(Math.max(1, problems.length), "error") };
  return { tone: "quiet", text: state };
}

/** Source → Items → Labels → Split → Transforms → Batch. */
export function Ribbon({ selected, onSelect }: RibbonProps) {
  const { report, preparing } = useDataset((state) => ({ report: state.report, preparing: state.preparing }));
  return (
    <ol
      aria-label="Data block"
      aria-busy={preparing}
      className="no-bar -mx-3 flex snap-x scroll-px-3 gap-2.5 overflow-x-auto px-3 py-1 md:mx-0 md:grid md:grid-cols-3 md:overflow-visible md:px-0 xl:grid-cols-6"
    >
      {SLOTS.map((slot, index) => {
        const found = report?.slots.find((one) => one.slot === slot);
        return (
          <li key={slot} className="relative w-44 shrink-0 snap-start md:w-auto md:min-w-0">
            <SlotCard
              slot={slot}
              report={found ?? { slot, state: "waiting", headline: "…", detail: "", problems: [] }}
              selected={slot === selected}
              stale={preparing}
              onSelect={() => onSelect(slot)}
            />
            {index < SLOTS.length - 1 && (
              <span
                aria-hidden
                className="absolute top-1/2 -right-[11px] w-[11px] border-t-[1.5px] border-line-strong max-xl:hidden"
              />
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Headlines with more letters are set smaller, to stay on one line. */
const LONG = 13;

interface SlotCardProps {
  readonly slot: SlotName;
  readonly report: SlotReport;
  readonly selected: boolean;
  readonly stale: boolean;
  readonly onSelect: () => void;
}

function SlotCard({ slot, report, selected, stale, onSelect }: SlotCardProps) {
  const { tone, text } = stateOf(report);
  return (
    <button
      type="button"
      aria-pressed={selected}
      onClick={onSelect}
      className={cx(
        "flex h-full min-h-28 w-full flex-col rounded-lg border bg-card px-3.5 py-3 text-left transition-[border-color,box-shadow] duration-150",
        selected ? "border-accent inset-ring inset-ring-accent" : "border-line hover:border-line-strong",
        // What is out of date, or not there yet, stays readable.
        stale || report.state === "waiting" ? "border-dashed" : "shadow-card",
      )}
    >
      <span className="flex w-full items-center justify-between gap-2 text-xs font-semibold tracking-[0.04em] text-ink-3 uppercase">
        {SLOT_WORDS[slot].title}
        <span className="tracking-normal normal-case">
          <Badge tone={tone}>{text}</Badge>
        </span>
      </span>
      <span
        className={cx(
          "mt-1 font-[620] tracking-[-0.01em] wrap-anywhere",
          report.headline.length > LONG ? "text-[15px] leading-[23px]" : "text-l",
        )}
      >
        {report.headline}
      </span>
      <span className="text-s text-ink-2 wrap-anywhere">{report.detail}</span>
      <span className="mt-auto block w-full pt-2 empty:hidden">
        <SlotSketch slot={slot} />
      </span>
    </button>
  );
}
