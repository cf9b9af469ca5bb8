// How many items each class has, and what evening out the classes makes of it.
import { useState } from "react";
import { formatCount } from "../../../../store/formatNumbers";
import { evenedOut, EVENINGS, type Evening } from "../../../../store/evening";
import { useDataset, useProject, useStudio } from "../../../hooks/useStudio";
import { BarList, Button, Help, Segmented } from "../../../widgets";
import { ChartTitle } from "./ChartTitle";

const FEW = 10;
const MANY = 500;

const HELP =
  "Where some classes are rare, training can repeat their items, or leave items of the common classes out, until every class comes up equally often. Validation stays as it is, so the score stays honest.";

/** The largest classes first; a bar leads to its items. */
export function ClassChart() {
  const { explorer, project } = useStudio();
  const histogram = useDataset((state) => state.report?.histogram ?? []);
  const { task, callbacks } = useProject(({ recipe }) => ({ task: recipe.task, callbacks: recipe.train.callbacks }));
  const [all, setAll] = useState(false);
  const evening: Evening = evenedOut(callbacks);
  const sorted = [...histogram].sort((a, b) => b.train + b.valid - (a.train + a.valid));
  const shown = sorted.slice(0, all ? MANY : FEW);
  const counts = histogram.map(({ train }) => train).filter((count) => count > 0);
  const [most, least] = [Math.max(...counts, 0), Math.min(...counts)];
  const drawn = evening === "over" ? most : least;
  const uneven = most / Math.max(1, least);
  const even = task === "singleLabel" && evening !== "none";
  return (
    <section aria-label="Classes" className="min-w-0">
      <ChartTitle
        aside={
          <span className="flex items-center gap-2.5 text-xs text-ink-3">
            <span className="flex items-center gap-1">
              <span className="size-2 rounded-[2px] bg-s1" aria-hidden /> train
            </span>
            <span className="flex items-center gap-1">
              <span className="size-2 rounded-[2px] bg-s6" aria-hidden /> valid
            </span>
          </span>
        }
      >
        {task === "multiLabel" ? "Tags" : "Classes"}
      </ChartTitle>
      <div className={all ? "max-h-96 overflow-auto" : ""}>
        <BarList
          caption="Items of each class; press one to see them"
          parts={["training", "validation"]}
          bars={shown.map(({ label, train, valid }) => ({ label, parts: [even && train > 0 ? drawn : train, valid] }))}
          onPress={(label) => void explorer.show({ labels: [label] }, `items of ${label}`)}
        />
      </div>
      {sorted.length > FEW && (
        <Button tone="quiet" className="mt-1 -ml-3" onPress={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${formatCount(sorted.length)}`}
        </Button>
      )}
      {counts.length > 1 && (
        <p className="mt-1.5 text-xs text-ink-3">
          {even
            ? `An epoch draws ${formatCount(drawn)} items of every class: ${formatCount(drawn * counts.length)} instead of ${formatCount(counts.reduce((a, b) => a + b, 0))}.`
            : uneven >= 1.5
              ? `The commonest ${task === "multiLabel" ? "tag" : "class"} has ${uneven >= 10 ? formatCount(Math.round(uneven)) : uneven.toFixed(1)} times as many training items as the rarest.`
              : "All classes have about as many training items."}
        </p>
      )}
      {task === "singleLabel" && counts.length > 1 && (
        <div className="mt-2.5 flex flex-wrap items-center gap-1">
          <Segmented
            label="Even out the classes"
            value={evening}
            options={EVENINGS}
            onChange={(next) => project.edit((draft) => void setEvening(draft.train, next))}
          />
          <Help term="Even out the classes" text={HELP} />
        </div>
      )}
    </section>
  );
}

type TrainDraft = { callbacks?: { kind: string; [field: string]: string | number | boolean }[] | undefined };

/** Puts the callback in, changes it, or takes it out. */
function setEvening(train: TrainDraft, next: Evening): void {
  const others = (train.callbacks ?? []).filter(({ kind }) => kind !== "overSampling");
  const own =
    next === "none" ? [] : [next === "over" ? { kind: "overSampling" } : { kind: "overSampling", to: "smallest" }];
  train.callbacks = [...others, ...own];
}
