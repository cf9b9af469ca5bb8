// One picture in full, with every true and predicted point or number of it.
import { useMemo } from "react";
import type { ValueInterpretation } from "../../../../spec/run";
import { fileNumbers, itemErrors } from "../../../../store/scoring/pointErrors";
import { VirtualTable } from "../../../charts/VirtualTable";
import { Dialog } from "../../../widgets";
import { ItemSteps } from "../ItemSteps";
import { MarkedPicture } from "./MarkedPicture";

export interface ValueDialogProps {
  readonly interpretation: ValueInterpretation;
  readonly position: number | null;
  /** "3 of 24". */
  readonly place: string;
  /** "12.3 px", or the number. */
  readonly show: (error: number) => string;
  readonly onMove: (by: number) => void;
  readonly onClose: () => void;
}

export function ValueDialog({ position, onClose, ...rest }: ValueDialogProps) {
  const path = position === null ? "" : (rest.interpretation.paths[position] ?? "");
  return (
    <Dialog wide title={path.split("/").pop() ?? ""} isOpen={position !== null} onClose={onClose}>
      {position !== null && <Item {...rest} position={position} path={path} />}
    </Dialog>
  );
}

type ItemProps = Omit<ValueDialogProps, "position" | "onClose"> & { readonly position: number; readonly path: string };

function Item({ interpretation, position, path, place, show, onMove }: ItemProps) {
  const { task, vocab, targets, values } = interpretation;
  const { truth, answer, errors } = useMemo(
    () => ({
      truth: fileNumbers(interpretation, targets, position),
      answer: fileNumbers(interpretation, values, position),
      errors: itemErrors(interpretation, position),
    }),
    [interpretation, targets, values, position],
  );
  const points = task === "points";
  const off = errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length);
  const written = (numbers: Float32Array, k: number): string =>
    points ? `${(numbers[2 * k + 1] ?? NaN).toFixed(1)}, ${(numbers[2 * k] ?? NaN).toFixed(1)}` : String(Number((numbers[k] ?? NaN).toPrecision(5))); // prettier-ignore
  return (
    <div className="grid items-start gap-5 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.15fr)]">
      <div>
        <MarkedPicture interpretation={interpretation} position={position} />
        <div className="mt-2">
          <ItemSteps place={place} onMove={onMove} />
        </div>
        <p className="mt-1 font-mono text-xs break-all text-ink-3">{path}</p>
      </div>
      <div className="min-w-0 space-y-3">
        <p className="text-s text-ink-2">
          Off by <b className="font-semibold text-ink">{show(off)}</b>
          {errors.length > 1 ? " on average." : "."}
          {points
            ? " Rings are the truth, red dots the model. All in pixels of the file, from its upper left corner."
            : ""}
        </p>
        <VirtualTable
          caption={points ? "True and predicted points" : "True and predicted numbers"}
          columns={points ? ["point", "off by", "true x, y", "model x, y"] : ["number", "off by", "truth", "model"]}
          count={errors.length}
          row={(k) => [vocab[k] ?? String(k), show(errors[k] ?? NaN), written(truth, k), written(answer, k)]}
          className="max-h-72"
        />
      </div>
    </div>
  );
}
