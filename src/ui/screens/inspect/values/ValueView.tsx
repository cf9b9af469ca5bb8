// Points and numbers: how far off they are, against always answering the mean, and the pictures with both marked.
import { useMemo, useState } from "react";
import type { ValueInterpretation } from "../../../../spec/run";
import { plural } from "../../../../store/formatNumbers";
import { rSquared, valueErrors } from "../../../../store/scoring/pointErrors";
import { topLosses } from "../../../../store/scoring/topLosses";
import { useDataset } from "../../../hooks/useStudio";
import { Button, Card, Dialog, Stat } from "../../../widgets";
import { VirtualTable } from "../../../charts/VirtualTable";
import { ItemPicture } from "../ItemPicture";
import { AgreementCard } from "./AgreementCard";
import { PointMarks } from "./PointMarks";

const STEP = 24;

interface MarkedProps {
  readonly interpretation: ValueInterpretation;
  readonly position: number;
}

function Marked({ interpretation, position }: MarkedProps) {
  const shape = useDataset((state) => state.report?.inputShape ?? null);
  const [height, width] = shape ?? [1, 1];
  return (
    <span className="relative block" style={{ aspectRatio: `${width} / ${height}` }}>
      <ItemPicture
        item={interpretation.items[position] ?? 0}
        alt=""
        size="seen"
        className="absolute inset-0 size-full rounded-md"
      />
      {interpretation.task === "points" && (
        <PointMarks interpretation={interpretation} position={position} size={[height, width]} />
      )}
    </span>
  );
}

/** "nose 0.31, chin 0.22": the numbers of one item. */
function numbersOf({ items, targets, values, vocab }: ValueInterpretation, position: number): string {
  const width = targets.length / Math.max(1, items.length);
  return vocab
    .slice(0, 4)
    .map((name, k) => {
      const [truth, answer] = [targets[position * width + k] ?? NaN, values[position * width + k] ?? NaN];
      return `${vocab.length > 1 ? `${name} ` : ""}${answer.toPrecision(4)} for ${truth.toPrecision(4)}`;
    })
    .join(", ");
}

export function ValueView({ interpretation }: { readonly interpretation: ValueInterpretation }) {
  const { task, items, paths, vocab } = interpretation;
  const errors = useMemo(() => valueErrors(interpretation), [interpretation]);
  const order = useMemo(() => topLosses(Float32Array.from(errors.perItem), errors.perItem.length), [errors]);
  const fit = useMemo(() => rSquared(interpretation.targets, interpretation.values), [interpretation]);
  const [count, setCount] = useState(STEP);
  const [open, setOpen] = useState<number | null>(null);
  const points = task === "points";
  const show = (value: number): string => (points ? `${value.toFixed(1)} px` : value.toPrecision(3));
  const more = order.length - count;
  const shown = open === null ? null : (order[open] ?? null);
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,460px)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-5">
        <Card title="Errors" hint={`${plural(items.length, "picture")} of the validation set`}>
          <div className="grid grid-cols-2 gap-x-4 gap-y-5">
            <Stat
              label={points ? "Mean distance" : "Mean absolute error"}
              value={show(errors.mean)}
              note={points ? "in pixels of the files" : `median ${show(errors.median)}`}
            />
            <Stat
              label="Always answering the mean"
              value={show(errors.constant)}
              note={errors.mean < errors.constant ? "the model is better" : "the model is no better yet"}
            />
            <Stat
              label="Root mean square"
              value={show(errors.rms)}
              note={points ? "large misses count more" : "large errors count more"}
            />
            {points && <Stat label="Median" value={show(errors.median)} note="half of the pictures are nearer" />}
            {!points && Number.isFinite(fit) && (
              <Stat label="R²" value={fit.toFixed(3)} note="1 is perfect, 0 a constant answer" />
            )}
          </div>
        </Card>
        <AgreementCard interpretation={interpretation} />
        {errors.perOutput.length > 1 && (
          <Card title={points ? "By point" : "By number"}>
            <VirtualTable
              caption={points ? "Mean distance of each point" : "Mean error of each number"}
              columns={[points ? "point" : "number", points ? "mean distance" : "mean error"]}
              count={errors.perOutput.length}
              row={(index) => [vocab[index] ?? String(index), show(errors.perOutput[index] ?? NaN)]}
            />
          </Card>
        )}
      </div>
      <Card
        title="Most wrong"
        hint={
          points
            ? "Rings are the truth, red dots the model; the line is the error"
            : "The model's number, then the true one"
        }
      >
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-3">
          {order.slice(0, count).map((position, index) => (
            <li key={position}>
              <button
                type="button"
                onClick={() => setOpen(index)}
                aria-label={`${paths[position] ?? ""}, off by ${show(errors.perItem[position] ?? NaN)}. Show in full.`}
                className="block w-full rounded-md text-left"
              >
                <Marked interpretation={interpretation} position={position} />
                <span aria-hidden className="mt-1 block truncate text-xs text-ink-2">
                  {points ? `off by ${show(errors.perItem[position] ?? NaN)}` : numbersOf(interpretation, position)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {more > 0 && (
          <div className="mt-4 text-center">
            <Button onPress={() => setCount(count + STEP)}>Show {Math.min(STEP, more)} more</Button>
          </div>
        )}
      </Card>
      <Dialog
        wide
        title={shown === null ? "" : ((paths[shown] ?? "").split("/").pop() ?? "")}
        isOpen={shown !== null}
        onClose={() => setOpen(null)}
      >
        {shown !== null && (
          <div className="space-y-3">
            <Marked interpretation={interpretation} position={shown} />
            <p className="text-s text-ink-2">
              {points
                ? `Off by ${show(errors.perItem[shown] ?? NaN)}${vocab.length > 1 ? " on average" : ""}.`
                : numbersOf(interpretation, shown)}
            </p>
          </div>
        )}
      </Dialog>
    </div>
  );
}
