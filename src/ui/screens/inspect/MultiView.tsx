// Several labels a picture: the score at the thresholds, every label's own table, and the pictures with the largest loss.
import { useCallback, useMemo, useState } from "react";
import type { ClassInterpretation } from "../../../spec/run";
import { formatLoss } from "../../../store/formatNumbers";
import { thresholdsOf } from "../../../store/inspection";
import { perLabelScores } from "../../../store/scoring/perLabel";
import { betaOf, labelsAbove, thresholdOf } from "../../../store/scoring/threshold";
import { probabilitiesOf, topLosses, trueClasses } from "../../../store/scoring/topLosses";
import { useInspection, useRuns, useStudio } from "../../hooks/useStudio";
import { Card, Select } from "../../widgets";
import { LabelDetail } from "./LabelDetail";
import { LabelTable } from "./LabelTable";
import { PictureGrid } from "./PictureGrid";
import { ThresholdCard } from "./ThresholdCard";

const ALL = "all";

/** Every change of a threshold scores again at once, from the kept probabilities. */
export function MultiView({ interpretation }: { readonly interpretation: ClassInterpretation }) {
  const { stores } = useStudio();
  const { vocab, losses, targets } = interpretation;
  const recipe = useRuns((state) => state.runs.find((run) => run.id === interpretation.runId)?.recipe ?? null);
  const chosen = useInspection((state) => state.chosen);
  const usual = recipe ? thresholdOf(recipe) : 0.2;
  const beta = recipe ? betaOf(recipe) : 2;
  const thresholds = useMemo(() => thresholdsOf({ interpretation, chosen }, usual), [interpretation, chosen, usual]);
  const scores = useMemo(() => perLabelScores(interpretation, thresholds), [interpretation, thresholds]);
  const [label, setLabel] = useState<number | null>(null);
  const [only, setOnly] = useState(ALL);
  const choose = useCallback(
    (next: Float32Array | null) =>
      stores.inspection.setState({ chosen: next ? { of: interpretation, thresholds: next } : null }),
    [stores, interpretation],
  );
  const chooseOne = useCallback(
    (at: number, threshold: number) => {
      const next = Float32Array.from(thresholds);
      next[at] = threshold;
      choose(next);
    },
    [choose, thresholds],
  );
  const positions = useMemo(() => {
    const at = only === ALL ? null : Number(only);
    return topLosses(losses, 500, (position) => at === null || targets[position * vocab.length + at] === 1);
  }, [only, losses, targets, vocab]);

  const verdict = (position: number) => {
    const said = new Set(labelsAbove(probabilitiesOf(interpretation, position), thresholds));
    const truth = new Set(trueClasses(interpretation, position));
    const names = (labels: Iterable<number>): string[] => Array.from(labels, (one) => vocab[one] ?? "");
    return {
      missed: names([...truth].filter((one) => !said.has(one))),
      wrong: names([...said].filter((one) => !truth.has(one))),
      found: names([...truth].filter((one) => said.has(one))),
    };
  };
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1.5fr)_minmax(0,1fr)]">
      <div className="grid min-w-0 gap-5">
        <ThresholdCard
          interpretation={interpretation}
          thresholds={thresholds}
          usual={usual}
          beta={beta}
          onChoose={choose}
        />
        <LabelTable
          vocab={vocab}
          scores={scores}
          thresholds={thresholds}
          selected={label}
          onSelect={setLabel}
          onChoose={chooseOne}
        />
      </div>
      <div className="grid min-w-0 gap-5">
        {label !== null && (
          <LabelDetail
            interpretation={interpretation}
            label={label}
            beta={beta}
            threshold={thresholds[label] ?? usual}
            onChoose={(threshold) => chooseOne(label, threshold)}
            onClose={() => setLabel(null)}
          />
        )}
        <Card
          title="What it gets most wrong"
          hint="The largest losses of the validation set"
          aside={
            <Select
              bare
              label="Pictures with the label"
              value={only}
              options={[
                { id: ALL, label: "all pictures" },
                ...vocab.map((name, index) => ({ id: String(index), label: name })),
              ]}
              onChange={setOnly}
            />
          }
        >
          <PictureGrid
            interpretation={interpretation}
            thresholds={thresholds}
            positions={positions}
            step={12}
            words={(position) => {
              const { missed, wrong, found } = verdict(position);
              return `Loss ${formatLoss(losses[position] ?? NaN, 2)}; found ${found.join(", ") || "nothing"}; missed ${missed.join(", ") || "nothing"}; wrong ${wrong.join(", ") || "nothing"}`;
            }}
            renderCaption={(position) => {
              const { missed, wrong, found } = verdict(position);
              return (
                <>
                  {found.length > 0 && <span className="block">✓ {found.join(", ")}</span>}
                  {missed.length > 0 && <span className="block font-semibold text-warn">○ {missed.join(", ")}</span>}
                  {wrong.length > 0 && <span className="block font-semibold text-bad">✗ {wrong.join(", ")}</span>}
                  <span className="block text-ink-3">loss {formatLoss(losses[position] ?? NaN, 2)}</span>
                </>
              );
            }}
          />
          <p className="mt-3 text-xs text-ink-3">✓ found · ○ missed · ✗ said wrongly, at the thresholds chosen here.</p>
        </Card>
      </div>
    </div>
  );
}
