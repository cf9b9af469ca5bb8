// Which class's pixels are taken for which: shares of the true class as a grid, and the largest mistakes as a list.
import { useMemo } from "react";
import { formatPercent, plural } from "../../../../store/formatNumbers";
import { shareOfRow, type Confusion } from "../../../../store/scoring/confusion";
import { mostConfused } from "../../../../store/scoring/mostConfused";
import { ConfusionGrid, type Cell } from "../../../charts/ConfusionGrid";
import { Card, cx } from "../../../widgets";
import { ConfusedPairs } from "../ConfusedPairs";

const countPixels = (count: number): string => plural(count, "pixel");

interface PixelConfusionProps {
  /** Pixels by true and predicted class, [classes × classes]. */
  readonly confusion: Float64Array;
  readonly vocab: readonly string[];
  /** A class that does not count, or −1. */
  readonly ignored: number;
  /** Room for many classes: the list stands beside the grid. */
  readonly wide: boolean;
  readonly selected: Cell | null;
  readonly onOpen: (cell: Cell) => void;
}

/** Classes that are there or were seen, in their order. */
export function PixelConfusion({ confusion, vocab, ignored, wide, selected, onOpen }: PixelConfusionProps) {
  const scored = useMemo((): Confusion => {
    const classes = vocab.length;
    return { classes, counts: Int32Array.from(confusion, (count, cell) => (Math.floor(cell / classes) === ignored ? 0 : count)) }; // prettier-ignore
  }, [confusion, vocab, ignored]);
  const shares = useMemo(() => shareOfRow(scored), [scored]);
  const pairs = useMemo(() => mostConfused(scored), [scored]);
  const classes = useMemo(() => {
    const { classes: width, counts } = scored;
    return vocab.flatMap((_, label) =>
      vocab.some((__, other) => (counts[label * width + other] ?? 0) + (counts[other * width + label] ?? 0) > 0) ? [label] : []); // prettier-ignore
  }, [scored, vocab]);
  const share = ({ actual, predicted }: Cell): number => shares[actual * vocab.length + predicted] ?? 0;
  return (
    <Card
      title="What is taken for what"
      hint="Rows are the truth, columns what the model says. Blue is right, orange is wrong; a cell shows you its pixels."
    >
      <div className={cx("grid items-start gap-x-8 gap-y-5", wide && "lg:grid-cols-[minmax(0,1fr)_260px]")}>
        <ConfusionGrid {...{ shares, vocab, classes, selected, onOpen }} confusion={scored} counted={countPixels} />
        <section aria-label="The largest mistakes" className="min-w-0">
          <h3 className="mb-1.5 text-s font-semibold">The largest mistakes</h3>
          <p className="mb-1.5 text-xs text-ink-3">
            {pairs.length > 0
              ? "By their pixels; the number is the part of the true class that is lost to the other."
              : "There is none: every pixel is right."}
          </p>
          <ConfusedPairs pairs={pairs} vocab={vocab} number={(pair) => formatPercent(share(pair), 0)} onOpen={onOpen} />
        </section>
      </div>
    </Card>
  );
}
