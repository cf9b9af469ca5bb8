// The two datasets by number: search, filter, step through, and see what the model gets for an item.
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useEffect, useMemo } from "react";
import { Input, SearchField } from "react-aria-components";
import { ITEM_SETS, type ItemSet } from "../../../../spec/dataLook";
import { formatCount, plural } from "../../../../store/formatNumbers";
import { createThumbnails } from "../../../../store/thumbnails";
import { useDataset, useExplorer, useProject, useStudio } from "../../../hooks/useStudio";
import { Button, Help, IconButton, NumberField, Segmented, Select } from "../../../widgets";
import { Pictures } from "../../inspect/ItemPicture";
import { CONCEPTS } from "./concepts";
import { ItemDetail } from "./ItemDetail";
import { ItemList } from "./ItemList";
import { useAsk } from "./useAsk";

const THUMBNAIL = 96;
const ALL = "\u0000";

const SETS: Readonly<Record<ItemSet | "all", string>> = {
  train: "Train",
  valid: "Valid",
  unused: "Neither",
  all: "All",
};

/** `dataset[i]`, for as many items as there are. */
export function ItemsPanel() {
  const { engine, explorer } = useStudio();
  const report = useDataset((state) => state.report);
  const texts = useProject(({ recipe }) => recipe.data.items.kind.startsWith("text"));
  const { query, found, reason } = useExplorer((state) => ({ query: state.query, found: state.found, reason: state.reason })); // prettier-ignore
  const pictures = useMemo(() => {
    const small = createThumbnails((items) => engine.thumbnails(items, THUMBNAIL));
    return { of: report, small, large: small, seen: small };
  }, [engine, report]);
  useEffect(() => () => pictures.small.clear(), [pictures]);
  const ask = found === null && report !== null;
  useAsk(ask, explorer.listAgain);
  const labels = useMemo(() => [...(report?.histogram ?? [])].sort((a, b) => b.train + b.valid - a.train - a.valid), [report]); // prettier-ignore
  if (report === null) return null;
  const unused = report.items > report.train + report.valid;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Dataset"
          value={query.set}
          options={(["all", ...ITEM_SETS] as const)
            .filter((id) => id !== "unused" || unused)
            .map((id) => ({ id, label: SETS[id] }))}
          onChange={(set) => void explorer.list({ set })}
        />
        <SearchField
          aria-label="File name"
          value={query.name}
          onChange={(name) => void explorer.list({ name })}
          className="min-w-36 flex-1 max-sm:order-last max-sm:basis-full"
        >
          <Input
            placeholder="Part of a file’s name"
            spellCheck="false"
            className="hit w-full rounded-full border border-edge/60 bg-paper px-3 py-1 text-s focus:border-accent [&::-webkit-search-cancel-button]:hidden"
          />
        </SearchField>
        {labels.length > 0 && query.labels.length < 2 && (
          <Select
            bare
            label="Class"
            value={query.labels[0] ?? ALL}
            options={[{ id: ALL, label: "Every class" }, ...labels.map(({ label }) => ({ id: label, label }))]}
            onChange={(id) => void explorer.list({ labels: id === ALL ? [] : [id] })}
          />
        )}
        <Help term="Dataset" text={CONCEPTS.Dataset} />
      </div>
      {(reason !== "" || query.labels.length > 1) && (
        <p className="flex items-center gap-1 text-s text-ink-2">
          Only {reason || query.labels.join(" with ")}
          <IconButton
            label="Show all again"
            onPress={() => void explorer.list({ labels: [], value: null, only: null })}
          >
            <X aria-hidden />
          </IconButton>
        </p>
      )}
      {found !== null && found.length === 0 ? (
        <div className="grid place-items-center gap-2 rounded-md bg-sunk py-12 text-s text-ink-2">
          Nothing fits.
          <Button onPress={() => void explorer.list({ name: "", labels: [], value: null, only: null })}>
            Show all again
          </Button>
        </div>
      ) : (
        <Pictures value={pictures}>
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(300px,44%)]">
            <div className="min-w-0">
              <Stepper />
              <ItemList lines={texts} />
              <p className="mt-1.5 text-xs text-ink-3">
                {found === null ? "Looking …" : plural(found.length, "item")}
                {found !== null && found.length < report.items && ` of ${formatCount(report.items)}`}. Walk through them
                with the arrow keys.
              </p>
            </div>
            <ItemDetail />
          </div>
        </Pictures>
      )}
    </div>
  );
}

/** train_ds[ 12 ] of 600. */
function Stepper() {
  const { explorer } = useStudio();
  const { set, at, count, fact } = useExplorer((state) => ({
    set: state.query.set,
    at: state.at,
    count: state.found?.length ?? 0,
    fact: state.values,
  }));
  const report = useDataset((state) => state.report);
  const own: ItemSet = set === "all" ? (fact?.set ?? "train") : set;
  const length = { train: report?.train ?? 0, valid: report?.valid ?? 0, unused: count }[own];
  const name = { train: "train_ds", valid: "valid_ds", unused: "left_out" }[own];
  return (
    <div className="mb-2 flex items-center gap-1.5">
      <IconButton
        label="The item before"
        whyNot={at > 0 ? null : "this is the first"}
        onPress={() => void explorer.choose(at - 1)}
      >
        <ChevronLeft aria-hidden />
      </IconButton>
      <span className="flex items-center gap-1 font-mono text-[12px] text-ink-2">
        {name}[
        <span className="w-20">
          <NumberField
            bare
            label="Number of the item"
            value={fact?.at ?? 0}
            min={0}
            max={Math.max(0, length - 1)}
            step={1}
            digits={0}
            onChange={(index) => void explorer.goTo(own, index)}
          />
        </span>
        ]
      </span>
      <IconButton
        label="The next item"
        whyNot={at < count - 1 ? null : "this is the last"}
        onPress={() => void explorer.choose(at + 1)}
      >
        <ChevronRight aria-hidden />
      </IconButton>
      <span className="ml-1 font-mono text-[12px] whitespace-nowrap text-ink-3 max-sm:hidden">
        len({name}) = {formatCount(length)}
      </span>
    </div>
  );
}
