// One batch of the data loader: the very tensors that the model gets, with their pictures for the eye.
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { BatchSlot, BatchValues } from "../../../../spec/dataLook";
import { batchCode } from "../../../../store/batchCode";
import { formatCount, plural } from "../../../../store/formatNumbers";
import { answerWords } from "../../../../store/itemWords";
import { useDataset, useExplorer, useProject, useStudio } from "../../../hooks/useStudio";
import { Button, cx, Help, IconButton, NumberField, ProblemCard, Segmented, TargetPicture } from "../../../widgets"; // prettier-ignore
import { drawnAnew } from "../drawnAnew";
import { CONCEPTS } from "./concepts";
import { TensorRows } from "./TensorRows";
import { useAsk } from "./useAsk";

const FEW = 32;

/** Steps through the batches of any epoch; the seed makes them the same each time. */
export function BatchesPanel() {
  const { explorer, session } = useStudio();
  const { request, batch, problem, busy } = useExplorer((state) => ({
    request: state.request,
    batch: state.batch,
    problem: state.batchProblem,
    busy: state.batchBusy,
  }));
  const report = useDataset((state) => state.report);
  const ask = batch === null && problem === null && !busy && report !== null;
  useAsk(ask, explorer.takeBatch);
  const last = (batch?.batches ?? 1) - 1;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Segmented
          label="Data loader"
          value={request.set}
          options={[
            { id: "train", label: "Train" },
            { id: "valid", label: "Valid" },
          ]}
          onChange={(set) => void explorer.takeBatch({ set, batch: 0 })}
        />
        <Counted
          name="epoch"
          value={request.epoch + 1}
          most={9999}
          help={CONCEPTS.epoch}
          onChange={(epoch) => void explorer.takeBatch({ epoch: epoch - 1 })}
        />
        <span className="flex items-center">
          <IconButton
            label="The batch before"
            whyNot={request.batch > 0 ? null : "this is the first"}
            onPress={() => void explorer.takeBatch({ batch: request.batch - 1 })}
          >
            <ChevronLeft aria-hidden />
          </IconButton>
          <Counted
            name="batch"
            value={request.batch + 1}
            most={last + 1}
            help={CONCEPTS.batch}
            onChange={(at) => void explorer.takeBatch({ batch: at - 1 })}
          />
          <IconButton
            label="Next batch"
            whyNot={request.batch < last ? null : "this is the last"}
            onPress={() => void explorer.takeBatch({ batch: request.batch + 1 })}
          >
            <ChevronRight aria-hidden />
          </IconButton>
        </span>
        {batch && <span className="text-s text-ink-3">of {formatCount(batch.batches)} an epoch</span>}
        <span className="ml-auto">
          <Help term="DataLoader" text={CONCEPTS.DataLoader} />
        </span>
      </div>
      {problem ? (
        <ProblemCard
          problem={problem}
          onMend={(mend) => session.mend(mend.action, { id: -1, problem, retry: () => void explorer.takeBatch() })}
        />
      ) : batch === null ? (
        <output aria-label="The batch is being made" className="block h-72 animate-pulse rounded-md bg-sunk" />
      ) : (
        <Batch batch={batch} busy={busy} />
      )}
    </div>
  );
}

interface CountedProps {
  readonly name: string;
  readonly value: number;
  readonly most: number;
  readonly help: string;
  readonly onChange: (value: number) => void;
}

function Counted({ name, value, most, help, onChange }: CountedProps) {
  return (
    <span className="flex items-center gap-1 text-s text-ink-2">
      {name}
      <span className="w-16">
        <NumberField
          bare
          label={`Number of the ${name}`}
          value={value}
          min={1}
          max={most}
          step={1}
          digits={0}
          onChange={onChange}
        />
      </span>
      <Help term={name} text={help} />
    </span>
  );
}

function Batch({ batch, busy }: { readonly batch: BatchValues; readonly busy: boolean }) {
  const [all, setAll] = useState(false);
  const slots = all ? batch.slots : batch.slots.slice(0, FEW);
  return (
    <>
      <ul aria-label="Pictures of the batch" aria-busy={busy} className="grid grid-cols-4 gap-2 sm:grid-cols-8">
        {slots.map((slot, at) => (
          <li key={at} className="min-w-0">
            <Slot slot={slot} at={at} busy={busy} />
          </li>
        ))}
      </ul>
      {batch.slots.length > FEW && (
        <Button tone="quiet" className="-ml-3" onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${formatCount(batch.slots.length)}`}
        </Button>
      )}
      <div className="grid items-start gap-x-8 gap-y-3 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="no-bar overflow-x-auto">
          <table className="w-full text-s">
            <caption className="sr-only">The tensors of the batch</caption>
            <TensorRows
              rows={[
                ["x", batch.x],
                ["y", batch.y],
              ]}
            />
          </table>
        </div>
        <Channels batch={batch} />
      </div>
      <p className="rounded-md bg-sunk px-2.5 py-1.5 font-mono text-[12px] whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">
        {batchCode(batch)}
      </p>
      <p className="text-xs text-ink-3">{wordsOf(batch)}</p>
      {batch.padding > 0 && (
        <p className="flex items-center gap-0.5 text-xs text-ink-3">
          {plural(batch.padding, "item")} of padding, with weight 0
          <Help term="padding" text={CONCEPTS.padding} />
        </p>
      )}
    </>
  );
}

function wordsOf({ exact, dropped, request }: BatchValues): string {
  const same = exact
    ? "This is the batch that training takes, to the bit: the seed decides."
    : "Once every file has been read, those that cannot be are left out, and the order may still change.";
  const left = dropped > 0 && request.set === "train"; // prettier-ignore
  return left ? `${same} ${plural(dropped, "item")} more ${dropped === 1 ? "does" : "do"} not fill a batch and wait${dropped === 1 ? "s" : ""} for another epoch.` : same; // prettier-ignore
}

interface SlotProps {
  readonly slot: BatchSlot;
  readonly at: number;
  /** A newer batch is being made. */
  readonly busy: boolean;
}

function Slot({ slot: { item, labels, image, target, values, weight }, at, busy }: SlotProps) {
  const { explorer } = useStudio();
  const recipe = useProject((state) => state.recipe);
  const numbers = values.slice(0, 2).map((value) => String(Number(value.toPrecision(3))));
  const told = answerWords(labels, recipe) || numbers.join(", ");
  if (item < 0)
    return (
      <span className="grid aspect-square place-items-center rounded-sm border border-dashed border-line-strong text-xs text-ink-3">
        padding
      </span>
    );
  return (
    <button
      type="button"
      aria-label={`Picture ${at + 1}: ${told}. Show the item.`}
      onClick={() => void explorer.show({ only: [item] }, `picture ${at + 1} of the batch`)}
      className="block w-full text-left"
    >
      <span className={cx("relative block", weight === 0 ? "opacity-40" : drawnAnew(busy))}>
        <TargetPicture
          image={image}
          target={target}
          alt=""
          className="w-full rounded-sm"
          over="h-full w-full rounded-sm"
        />
      </span>
      <span aria-hidden className="mt-0.5 block truncate text-xs text-ink-2" title={told}>
        {told}
      </span>
    </button>
  );
}

function Channels({ batch }: { readonly batch: BatchValues }) {
  const names =
    batch.channels.length === 3 ? ["Red", "Green", "Blue"] : batch.channels.map((_, i) => `Channel ${i + 1}`);
  return (
    <table className="w-full text-s">
      <caption className="sr-only">Mean and spread of each channel in this batch</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-3">
          <th scope="col" className="py-1 font-semibold">
            <span className="inline-flex items-center gap-0.5">
              Channel of x
              <Help term="normalisation" text={CONCEPTS.normalisation} />
            </span>
          </th>
          <th scope="col" className="py-1 text-right font-semibold">
            Mean
          </th>
          <th scope="col" className="py-1 text-right font-semibold">
            Spread
          </th>
        </tr>
      </thead>
      <tbody>
        {batch.channels.map(({ mean, std }, i) => (
          <tr key={i} className="border-b border-line last:border-0">
            <th scope="row" className="py-1 text-left font-normal text-ink-2">
              {names[i]}
            </th>
            <td className="py-1 text-right font-mono text-[12px]">{mean.toFixed(3)}</td>
            <td className="py-1 text-right font-mono text-[12px]">{std.toFixed(3)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
