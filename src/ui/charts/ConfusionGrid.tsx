// Confusion as a grid that fits its room: cells are walked with the arrow keys, read in words, and opened.
import { memo, useMemo, useState, type SyntheticEvent } from "react";
import { mostMistaken } from "../../store/scoring/mostConfused";
import type { Confusion } from "../../store/scoring/confusion";
import { Button, cx } from "../widgets";
import { cellLook } from "./cellLook";
import { gridRoom, type GridRoom } from "./gridRoom";
import { useBox } from "./useBox";
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
  /** The classes to show, in order; where there is no room for all, those with the most mistakes. */
  readonly classes: readonly number[];
  /** A number of what is counted: "3 pictures". */
  readonly counted: (count: number) => string;
  readonly selected: Cell | null;
  readonly onOpen: (cell: Cell) => void;
}

/** Rows are the truth, columns the prediction. */
export function ConfusionGrid(props: ConfusionGridProps) {
  const { confusion, shares, vocab, classes, counted } = props;
  const { ref, width } = useBox();
  const [at, setAt] = useState<Cell | null>(null);
  const [all, setAll] = useState(false);
  const room = useMemo(() => gridRoom(width, classes.length, all), [width, classes, all]);
  const fitting = gridRoom(width, classes.length).classes;
  const shown = useMemo(() => mostMistaken(confusion, classes, room.classes), [confusion, classes, room]);
  const words = (): string => {
    if (at === null) return shares ? "Numbers are per cent of their row." : "";
    const cell = at.actual * confusion.classes + at.predicted;
    const share = shares ? `, ${(100 * (shares[cell] ?? 0)).toFixed(1)} % of ${vocab[at.actual]}` : "";
    return `${pairWords(vocab, at)}: ${counted(confusion.counts[cell] ?? 0)}${share}.`;
  };
  return (
    <div ref={ref} className="min-w-0">
      {/* Cells are reached by keyboard, and bring themselves into view. */}
      <div className={all ? "overflow-x-auto pb-2" : ""}>
        {width > 0 && <Cells {...props} shown={shown} room={room} onAt={setAt} />}
      </div>
      {/* Every cell has the same words as its name; they stay in view below a grid that is longer than the screen. */}
      <p aria-hidden className="sticky -bottom-5 min-h-9 bg-card py-1 text-xs text-ink-2 max-md:-bottom-3">
        {words()}
      </p>
      {width > 0 && fitting < classes.length && (
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-3">
          {all
            ? `All ${classes.length} classes; push the grid aside to see the rest.`
            : `There is room for ${fitting} of ${classes.length} classes: those with the most mistakes.`}
          <Button tone="quiet" onPress={() => setAll(!all)}>
            {all ? "Only those that fit" : "Show all"}
          </Button>
        </p>
      )}
    </div>
  );
}

const pairWords = (vocab: readonly string[], { actual, predicted }: Cell): string =>
  actual === predicted ? `${vocab[actual]}, right` : `${vocab[actual]} taken for ${vocab[predicted]}`;

/** What fits into a cell; less than half a per cent is left to the colour. */
function cellText(value: number, share: number | undefined, pitch: number): string {
  if (share !== undefined) return String(Math.round(100 * share) || "");
  if (value === 0) return "";
  return value >= 1000 && pitch < 36 ? `${Math.floor(value / 1000)}k` : String(value);
}

interface CellsProps extends ConfusionGridProps {
  readonly shown: readonly number[];
  readonly room: GridRoom;
  /** The cell under the pointer or in focus. */
  readonly onAt: (cell: Cell | null) => void;
}

/** Apart from the words below it, which change with every move of the pointer. */
const Cells = memo(function Cells(props: CellsProps) {
  const { confusion, shares, vocab, shown, room, selected, counted, onOpen, onAt } = props;
  const walk = useCellWalk(shown.length);
  const count = (actual: number, predicted: number): number =>
    confusion.counts[actual * confusion.classes + predicted] ?? 0;
  const most = { right: 1, wrong: 1 };
  for (const actual of shown)
    for (const predicted of shown) {
      const side = actual === predicted ? "right" : "wrong";
      most[side] = Math.max(most[side], count(actual, predicted));
    }
  const tell = ({ target }: SyntheticEvent): void => {
    const place = target instanceof Element ? target.closest<HTMLElement>("[data-cell]")?.dataset["cell"] : undefined;
    const [row, column] = place?.split("-").map(Number) ?? [];
    const [actual, predicted] = [shown[row ?? -1], shown[column ?? -1]];
    onAt(actual === undefined || predicted === undefined ? null : { actual, predicted });
  };
  const { names, pitch, gap } = room;
  const side = pitch - gap;
  return (
    <table
      {...walk.table}
      onPointerOver={tell}
      onFocus={tell}
      onPointerLeave={() => onAt(null)}
      onBlur={() => onAt(null)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a grid on a table is the ARIA pattern for cells that act
      role="grid"
      aria-label="Confusion matrix: rows are the truth, columns the prediction"
      className="table-fixed border-separate"
      style={{ borderSpacing: gap, width: names + pitch * shown.length, marginLeft: -gap }}
    >
      <colgroup>
        <col style={{ width: names - gap }} />
        {shown.map((label) => (
          <col key={label} style={{ width: side }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className="pr-1.5 text-right align-bottom text-xs leading-[1.2] font-normal text-ink-3">
            <span className={names < 84 ? "sr-only" : ""}>
              actual ↓<br />
              predicted →
            </span>
          </th>
          {shown.map((label) => (
            <th key={label} scope="col" title={vocab[label]} className="align-bottom text-xs font-normal text-ink-2">
              <span
                className={cx(
                  "mx-auto block max-h-28 truncate",
                  (pitch < 52 || shown.length > 7) && "[writing-mode:sideways-lr]",
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
          <tr key={actual} className="group">
            <th
              scope="row"
              title={vocab[actual]}
              className="sticky left-0 z-10 truncate bg-card pr-1.5 text-right text-xs font-normal text-ink-2 group-focus-within:font-semibold group-hover:font-semibold"
            >
              {vocab[actual]}
            </th>
            {shown.map((predicted, column) => {
              const value = count(actual, predicted);
              const share = shares?.[actual * confusion.classes + predicted];
              const right = actual === predicted;
              const heat = share ?? value / (right ? most.right : most.wrong);
              const open = selected?.actual === actual && selected.predicted === predicted;
              return (
                <td key={predicted} aria-selected={open} className="p-0">
                  <button
                    type="button"
                    {...walk.cell(row, column)}
                    onClick={() => onOpen({ actual, predicted })}
                    aria-label={`${pairWords(vocab, { actual, predicted })}: ${counted(value)}${share === undefined ? "" : `, ${Math.round(share * 100)} % of the row`}`}
                    style={{ ...cellLook(heat, right, value), height: side }}
                    className={cx(
                      "grid w-full place-items-center font-mono transition-[filter] hover:brightness-95",
                      pitch < 36 ? "rounded-[3px] text-[10px]" : "rounded-sm text-[12px]",
                      open && "outline-2 outline-offset-1 outline-accent",
                    )}
                  >
                    {cellText(value, share, pitch)}
                  </button>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
});
