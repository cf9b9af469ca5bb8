// Confusion as a grid of cells that can be walked with the arrow keys; a cell opens its pictures.
import { memo } from "react";
import type { Confusion } from "../../store/scoring/confusion";
import { cx } from "../widgets";
import { cellLook } from "./cellLook";
import { useCellWalk } from "./useCellWalk";

export interface Cell {
  readonly actual: number;
  readonly predicted: number;
}

export interface ConfusionGridProps {
  readonly confusion: Confusion;
  /** Shares of each row, for the normalised view; null shows counts. */
  readonly shares: Float64Array | null;
  readonly vocab: readonly string[];
  /** The classes to show, in order: all, or those with the most mistakes. */
  readonly shown: readonly number[];
  readonly selected: Cell | null;
  /** The grid stands in a narrow column: its cells are small from fewer classes on. */
  readonly narrow?: boolean;
  readonly onOpen: (cell: Cell) => void;
}

/** Rows are the truth, columns the prediction. */
export const ConfusionGrid = memo(function ConfusionGrid(props: ConfusionGridProps) {
  const { confusion, shares, vocab, shown, selected, narrow = false, onOpen } = props;
  const walk = useCellWalk(shown.length);
  const count = (actual: number, predicted: number): number =>
    confusion.counts[actual * confusion.classes + predicted] ?? 0;
  const most = { right: 1, wrong: 1 };
  for (const actual of shown)
    for (const predicted of shown) {
      const side = actual === predicted ? "right" : "wrong";
      most[side] = Math.max(most[side], count(actual, predicted));
    }

  const dense = shown.length > (narrow ? 7 : 12);
  return (
    <div className="overflow-auto pb-1">
      <table
        {...walk.table}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid on a table is the ARIA pattern for cells that act
        role="grid"
        aria-label="Confusion matrix: rows are the truth, columns the prediction"
        className="border-separate border-spacing-[3px]"
      >
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 bg-card pr-2 text-right text-xs font-normal whitespace-nowrap text-ink-3"
            >
              <span className="max-sm:sr-only">actual ↓&nbsp; predicted →</span>
            </th>
            {shown.map((label) => (
              <th key={label} scope="col" title={vocab[label]} className="align-bottom text-xs font-normal text-ink-2">
                <span
                  className={cx(
                    "mx-auto block truncate",
                    shown.length > 7 ? "h-20 [writing-mode:sideways-lr] max-w-none" : "max-w-16 px-0.5",
                  )}
                >
                  {vocab[label]}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((actual, row) => (
            <tr key={actual}>
              <th
                scope="row"
                title={vocab[actual]}
                className="sticky left-0 z-10 max-w-28 truncate bg-card pr-2 text-right text-xs font-normal text-ink-2"
              >
                {vocab[actual]}
              </th>
              {shown.map((predicted, column) => {
                const value = count(actual, predicted);
                const share = shares?.[actual * confusion.classes + predicted];
                const right = actual === predicted;
                const heat = share ?? value / (right ? most.right : most.wrong);
                const text =
                  share === undefined ? (value === 0 ? "" : String(value)) : value === 0 ? "" : share.toFixed(2);
                const name = `${vocab[actual]} taken for ${vocab[predicted]}`;
                const open = selected?.actual === actual && selected.predicted === predicted;
                return (
                  <td key={predicted} aria-selected={open} className="p-0">
                    <button
                      type="button"
                      {...walk.cell(row, column)}
                      onClick={() => onOpen({ actual, predicted })}
                      aria-label={`${right ? `${vocab[actual]}, right` : name}: ${value}${share === undefined ? "" : `, ${Math.round(share * 100)} % of the row`}`}
                      title={`${right ? `${vocab[actual]}, right` : name}: ${value}`}
                      style={cellLook(heat, right, value)}
                      className={cx(
                        "grid w-full place-items-center rounded-sm font-mono transition-[filter] hover:brightness-95",
                        dense
                          ? "h-7 min-w-7 text-[10px]"
                          : "h-[50px] min-w-[50px] text-[12px] max-sm:h-9 max-sm:min-w-9",
                        open && "outline-2 outline-offset-1 outline-accent",
                      )}
                    >
                      {text}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
