// The classes of the masks: their colour, how well each is found, and a click that shows one alone.
import type { Overlap } from "../../../../store/scoring/overlap";
import { classColour, cssColour } from "../../../../spec/classColours";
import { formatPercent } from "../../../../store/formatNumbers";
import { cx } from "../../../widgets";

interface ClassListProps {
  readonly overlap: Overlap;
  readonly vocab: readonly string[];
  readonly only: number | null;
  readonly onOnly: (index: number | null) => void;
}

/** Largest area first. */
export function ClassList({ overlap, vocab, only, onOnly }: ClassListProps) {
  const classes = [...overlap.classes].sort((a, b) => b.truePixels - a.truePixels);
  const all = classes.reduce((sum, { truePixels }) => sum + truePixels, 0);
  return (
    <ul className="space-y-0.5" aria-label="Classes">
      <li aria-hidden className="grid grid-cols-[14px_minmax(0,1fr)_84px_52px] gap-2 px-2 text-xs text-ink-3">
        <span />
        <span>class, share of the area</span>
        <span>IoU</span>
        <span />
      </li>
      {classes.map(({ index, iou, truePixels }) => (
        <li key={index}>
          <button
            type="button"
            aria-pressed={only === index}
            onClick={() => onOnly(only === index ? null : index)}
            title={only === index ? "Show all classes again" : `Show ${vocab[index]} alone`}
            className={cx(
              "hit grid w-full grid-cols-[14px_minmax(0,1fr)_84px_52px] items-center gap-2 rounded-sm px-2 py-1 text-left text-s",
              only === index ? "bg-accent-soft" : "hover:bg-sunk",
            )}
          >
            <span aria-hidden className="size-3 rounded-[3px]" style={{ background: cssColour(classColour(index)) }} />
            <span className="truncate">
              {vocab[index]}{" "}
              <span className="text-xs text-ink-3">{all > 0 ? formatPercent(truePixels / all) : ""}</span>
            </span>
            <span aria-hidden className="h-2 overflow-hidden rounded-[3px] bg-sunk">
              <span className="block h-full rounded-[3px] bg-s3" style={{ width: `${(iou ?? 0) * 100}%` }} />
            </span>
            <span className="text-right font-mono text-xs">
              <span className="sr-only">IoU </span>
              {iou === null ? "–" : iou.toFixed(3)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
