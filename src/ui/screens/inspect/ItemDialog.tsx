// One picture in full, with everything that the model thinks of it.
import type { ClassInterpretation } from "../../../spec/run";
import { formatLoss } from "../../../store/formatNumbers";
import { probabilitiesOf, trueClasses } from "../../../store/scoring/topLosses";
import { cx, Dialog } from "../../widgets";
import { ItemPicture } from "./ItemPicture";
import { ItemSeries } from "./ItemSeries";
import { ItemSteps } from "./ItemSteps";

export interface ItemDialogProps {
  readonly interpretation: ClassInterpretation;
  /** Null for one label a picture. */
  readonly thresholds: Float32Array | null;
  readonly position: number | null;
  /** "3 of 24". */
  readonly place: string;
  readonly onMove: (by: number) => void;
  readonly onClose: () => void;
}

const MOST_CLASSES = 40;

/** Arrow keys go to the picture before and after. */
export function ItemDialog({ interpretation, thresholds, position, place, onMove, onClose }: ItemDialogProps) {
  const path = position === null ? "" : (interpretation.paths[position] ?? "");
  return (
    <Dialog title={path.split("/").pop() ?? ""} isOpen={position !== null} onClose={onClose} wide>
      {position !== null && (
        <div className="grid gap-5 sm:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)]">
          <div>
            <ItemPicture
              item={interpretation.items[position] ?? 0}
              alt={path}
              size="large"
              className="aspect-square w-full rounded-md object-contain!"
            />
            <ItemSeries item={interpretation.items[position] ?? 0} />
            <div className="mt-2">
              <ItemSteps place={place} onMove={onMove} />
            </div>
            <p className="mt-1 font-mono text-xs break-all text-ink-3">{path}</p>
          </div>
          <Thoughts interpretation={interpretation} thresholds={thresholds} position={position} />
        </div>
      )}
    </Dialog>
  );
}

function Thoughts({
  interpretation,
  thresholds,
  position,
}: {
  readonly interpretation: ClassInterpretation;
  readonly thresholds: Float32Array | null;
  readonly position: number;
}) {
  const { vocab, losses } = interpretation;
  const row = probabilitiesOf(interpretation, position);
  const truth = new Set(trueClasses(interpretation, position));
  const order = Array.from(row.keys()).sort((a, b) => (row[b] ?? 0) - (row[a] ?? 0));
  const best = order[0];
  const shown = order.filter((label, rank) => rank < MOST_CLASSES || truth.has(label));
  return (
    <div className="min-w-0">
      <p className="text-s text-ink-3">
        Loss <span className="font-mono text-ink">{formatLoss(losses[position] ?? NaN, 4)}</span>
      </p>
      <table className="mt-2 w-full table-fixed border-collapse text-s">
        <caption className="sr-only">Probability of every class</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Probability</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((label) => {
            const probability = row[label] ?? 0;
            const said = thresholds ? probability > (thresholds[label] ?? 1) : label === best;
            const true_ = truth.has(label);
            return (
              <tr key={label}>
                <th
                  scope="row"
                  className={cx(
                    "w-2/5 truncate py-[3px] pr-2 text-left text-xs font-normal",
                    true_ ? "font-semibold! text-ink" : "text-ink-2",
                  )}
                  title={vocab[label]}
                >
                  {true_ ? (said ? "✓ " : "○ ") : said ? "✗ " : ""}
                  {vocab[label]}
                  <span className="sr-only">
                    {true_
                      ? said
                        ? ", true and predicted"
                        : ", true but missed"
                      : said
                        ? ", predicted but not true"
                        : ""}
                  </span>
                </th>
                {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a cell, with its number in it */}
                <td className="py-[3px]">
                  <span className="flex items-center gap-2">
                    <span className="relative h-2.5 flex-1 overflow-hidden rounded-[3px] bg-sunk" aria-hidden>
                      <span
                        className={cx(
                          "absolute inset-y-0 left-0 rounded-[3px]",
                          true_ ? "bg-s1" : said ? "bg-s2" : "bg-line-strong",
                        )}
                        style={{ width: `${probability * 100}%` }}
                      />
                      {thresholds && (
                        <span
                          className="absolute inset-y-0 w-px bg-ink"
                          style={{ left: `${(thresholds[label] ?? 0) * 100}%` }}
                        />
                      )}
                    </span>
                    <span className="w-12 text-right font-mono text-xs">{probability.toFixed(3)}</span>
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="mt-2 text-xs text-ink-3">
        Bold is the truth. ✓ found, ○ missed, ✗ said wrongly.
        {thresholds ? " The thin line is the threshold." : ""}
        {order.length > shown.length ? ` The ${order.length - shown.length} least probable classes are not shown.` : ""}
      </p>
    </div>
  );
}
