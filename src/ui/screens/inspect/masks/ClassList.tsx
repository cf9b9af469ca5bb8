// The classes of the masks: their colour, how well each is found, and a click that shows one alone.
import { useState } from "react";
import type { Overlap } from "../../../../store/scoring/overlap";
import { classColour, cssColour } from "../../../../spec/classColours";
import { formatPercent } from "../../../../store/formatNumbers";
import { Button, cx, Swatch } from "../../../widgets";

interface ClassListProps {
  readonly overlap: Overlap;
  readonly vocab: readonly string[];
  readonly only: number | null;
  readonly onOnly: (index: number | null) => void;
  /** The class under the pointer, which is shown alone meanwhile. */
  readonly onHover: (index: number | null) => void;
}

/** Colour, class, share of the area, IoU as a bar (not on a phone), IoU, Dice. */
const COLUMNS = "grid-cols-[14px_minmax(0,1fr)_46px_42px_42px] sm:grid-cols-[14px_minmax(0,1fr)_48px_84px_48px_48px]";

/** So many are shown at first, so that the masks are not far below them on a phone. */
const MOST = 12;

/** Largest area first; classes that are neither there nor predicted are named below. */
export function ClassList({ overlap, vocab, only, onOnly, onHover }: ClassListProps) {
  const classes = overlap.classes.filter(({ iou }) => iou !== null).sort((a, b) => b.truePixels - a.truePixels);
  const absent = overlap.classes.flatMap(({ iou, index }) => (iou === null ? [vocab[index] ?? ""] : []));
  const area = classes.reduce((sum, { truePixels }) => sum + truePixels, 0);
  const [all, setAll] = useState(false);
  const shown = classes.filter(({ index }, rank) => all || rank < MOST || index === only);
  return (
    <>
      <ul className="space-y-0.5" aria-label="Classes">
        <li aria-hidden className={cx("grid gap-2 px-2 text-xs text-ink-3", COLUMNS)}>
          <span />
          <span>class</span>
          <span className="text-right">area</span>
          <span className="max-sm:hidden" />
          <span className="text-right">IoU</span>
          <span className="text-right">Dice</span>
        </li>
        {shown.map(({ index, iou, dice, truePixels }) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={only === index}
              onClick={() => onOnly(only === index ? null : index)}
              onPointerEnter={() => onHover(index)}
              onPointerLeave={() => onHover(null)}
              title={only === index ? "Show all classes again" : `Show ${vocab[index]} alone`}
              className={cx(
                "hit grid w-full items-center gap-2 rounded-sm px-2 py-1 text-left text-s",
                COLUMNS,
                only === index ? "bg-accent-soft" : "hover:bg-sunk",
              )}
            >
              <Swatch colour={cssColour(classColour(index))} />
              <span className="truncate">{vocab[index]}</span>
              <span className="text-right text-xs text-ink-3">{area > 0 ? formatPercent(truePixels / area) : ""}</span>
              <span aria-hidden className="h-2 max-sm:hidden overflow-hidden rounded-[3px] bg-sunk">
                <span className="block h-full rounded-[3px] bg-s3" style={{ width: `${(iou ?? 0) * 100}%` }} />
              </span>
              <span className="text-right font-mono text-xs">
                <span className="sr-only">IoU </span>
                {iou === null ? "–" : iou.toFixed(3)}
              </span>
              <span className="text-right font-mono text-xs text-ink-2">
                <span className="sr-only">Dice </span>
                {dice === null ? "–" : dice.toFixed(3)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {classes.length > MOST && (
        <Button tone="quiet" onPress={() => setAll(!all)} className="mt-1">
          {all ? "Show fewer" : `Show all ${classes.length}`}
        </Button>
      )}
      {absent.length > 0 && (
        <p className="mt-2 px-2 text-xs text-ink-3">Neither there nor predicted: {absent.join(", ")}.</p>
      )}
    </>
  );
}
