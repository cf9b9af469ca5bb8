// Points and numbers: how far off they are, against always answering the mean, and the pictures with both marked.
import { Info } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import type { ValueInterpretation } from "../../../../spec/run";
import { fitText } from "../../../../store/formatNumbers";
import { countItems } from "../../../../store/itemWords";
import { fitOfEach, valueErrors } from "../../../../store/scoring/pointErrors";
import { topLosses } from "../../../../store/scoring/topLosses";
import { VirtualTable } from "../../../charts/VirtualTable";
import { useDataset, useProject } from "../../../hooks/useStudio";
import { Card, MorePictures, PictureButtons, Stat } from "../../../widgets";
import { AgreementCard } from "./AgreementCard";
import { MarkedPicture } from "./MarkedPicture";
import { ValueDialog } from "./ValueDialog";

const STEP = 24;
/** A model whose errors are this part of a constant answer's has learned next to nothing. */
const HARDLY = 0.85;

const inPixels = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} px`;
const inUnits = (value: number): string => String(Number(value.toPrecision(3)));

/** "31.2, truth 30": the numbers of one item, in short. */
function numbersOf({ items, targets, values, vocab }: ValueInterpretation, position: number): string {
  const width = targets.length / Math.max(1, items.length);
  const few = vocab.slice(0, 2).map((name, k) => {
    const [truth, answer] = [targets[position * width + k] ?? NaN, values[position * width + k] ?? NaN];
    return `${vocab.length > 1 ? `${name} ` : ""}${inUnits(answer)}, truth ${inUnits(truth)}`;
  });
  return `${few.join("; ")}${vocab.length > few.length ? " …" : ""}`;
}

export function ValueView({ interpretation }: { readonly interpretation: ValueInterpretation }) {
  const { items, paths } = interpretation;
  const recipe = useProject((state) => state.recipe);
  const errors = useMemo(() => valueErrors(interpretation), [interpretation]);
  const order = useMemo(() => topLosses(Float32Array.from(errors.perItem), errors.perItem.length), [errors]);
  const [count, setCount] = useState(STEP);
  const [open, setOpen] = useState<number | null>(null);
  const openItem = useCallback((position: number) => setOpen(order.indexOf(position)), [order]);
  const move = useCallback(
    (by: number) => setOpen((at) => (at === null ? null : Math.min(order.length - 1, Math.max(0, at + by)))),
    [order],
  );
  const points = interpretation.task === "points";
  const show = points ? inPixels : inUnits;
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,460px)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-5">
        <Card title="Errors" hint={`${countItems(items.length, recipe)} of the validation set`}>
          <Figures interpretation={interpretation} show={show} />
          {errors.mean > HARDLY * errors.constant && (
            <p className="mt-4 flex items-start gap-2 rounded-md bg-accent-soft px-3 py-2 text-s">
              <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
              <span>
                Hardly better than one answer for all. More epochs under Train help first; where there are few pictures,
                a pretrained encoder under Model helps most.
              </span>
            </p>
          )}
        </Card>
        <AgreementCard interpretation={interpretation} onOpen={openItem} />
        {errors.perOutput.length > 1 && <EachOutput interpretation={interpretation} show={show} />}
      </div>
      <Card
        title="Most wrong"
        hint={
          points
            ? "Rings are the truth, red dots the model; the line is the error"
            : "The model's number, then the true one"
        }
      >
        <PictureButtons
          ids={order.slice(0, count)}
          size="medium"
          words={(position) => `${paths[position] ?? ""}, off by ${show(errors.perItem[position] ?? NaN)}`}
          renderPicture={(position) => <MarkedPicture interpretation={interpretation} position={position} />}
          renderCaption={(position) =>
            points ? `off by ${show(errors.perItem[position] ?? NaN)}` : numbersOf(interpretation, position)
          }
          onOpen={setOpen}
        />
        <MorePictures
          more={order.length - count}
          step={STEP}
          all={countItems(order.length, recipe)}
          onMore={() => setCount(count + STEP)}
        />
      </Card>
      <ValueDialog
        interpretation={interpretation}
        position={open === null ? null : (order[open] ?? null)}
        place={open === null ? "" : `${open + 1} of ${order.length}`}
        show={show}
        onMove={move}
        onClose={() => setOpen(null)}
      />
    </div>
  );
}

interface PartProps {
  readonly interpretation: ValueInterpretation;
  readonly show: (error: number) => string;
}

/** The errors in large numbers. */
function Figures({ interpretation, show }: PartProps) {
  const errors = useMemo(() => valueErrors(interpretation), [interpretation]);
  const fits = useMemo(() => fitOfEach(interpretation).filter(Number.isFinite), [interpretation]);
  const [height, width] = useDataset((state) => state.report?.inputShape ?? null) ?? [0, 0];
  const several = errors.perOutput.length > 1;
  const better = errors.mean < errors.constant ? "the model is better" : "the model is no better yet";
  if (interpretation.task === "points")
    return (
      <div className="grid grid-cols-2 gap-x-4 gap-y-5">
        <Stat
          label="Mean distance"
          value={show(errors.mean)}
          note={`in pixels of the files; under Train, of the model's ${width} × ${height}`}
        />
        <Stat label="Always answering the mean" value={show(errors.constant)} note={better} />
        <Stat label="Root mean square" value={show(errors.rms)} note="large misses count more" />
        <Stat label="Median" value={show(errors.median)} note="half of the pictures are nearer" />
      </div>
    );
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-5">
      <Stat
        label="Mean absolute error"
        value={show(errors.mean)}
        note={several ? `over ${errors.perOutput.length} numbers, each in its unit` : `median ${show(errors.median)}`}
      />
      <Stat label="Always answering the mean" value={show(errors.constant)} note={better} />
      <Stat label="Root mean square" value={show(errors.rms)} note="large errors count more" />
      {fits.length > 0 && (
        <Stat
          label="R²"
          value={fitText(fits.reduce((sum, fit) => sum + fit, 0) / fits.length)}
          note={several ? "the mean of each number's own; 1 is perfect" : "1 is perfect, 0 a constant answer"}
        />
      )}
    </div>
  );
}

/** The same for each point or number. */
function EachOutput({ interpretation, show }: PartProps) {
  const { task, vocab } = interpretation;
  const { perOutput } = useMemo(() => valueErrors(interpretation), [interpretation]);
  const fits = useMemo(() => fitOfEach(interpretation), [interpretation]);
  const points = task === "points";
  return (
    <Card title={points ? "By point" : "By number"}>
      <VirtualTable
        caption={points ? "Mean distance of each point" : "Mean error and R² of each number"}
        columns={points ? ["point", "mean distance"] : ["number", "mean error", "R²"]}
        count={perOutput.length}
        row={(index) => {
          const error = [vocab[index] ?? String(index), show(perOutput[index] ?? NaN)];
          return points ? error : [...error, fitText(fits[index] ?? NaN)];
        }}
      />
    </Card>
  );
}
