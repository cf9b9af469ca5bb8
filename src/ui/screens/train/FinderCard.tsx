// The learning-rate search of the chosen stage, or the latest one; its rate goes into the fit that comes next.
import { useCallback, useState } from "react";
import { adoptRate, plannedRate, stageToTune } from "../../../store/stages";
import { FinderChart } from "../../charts/FinderChart";
import { useCurrentRun, useProject, useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";

/** Shown as long as the run has searched. */
export function FinderCard({ stage }: { readonly stage: number | null }) {
  const { project } = useStudio();
  const run = useCurrentRun();
  const stages = useProject((state) => state.recipe.train.stages);
  const [folded, setFolded] = useState<{ readonly result: object; readonly folded: boolean } | null>(null);
  const results = run?.lrFinds ?? [];
  const result = results.find((one) => one.stage === stage) ?? results[results.length - 1];
  const at = result?.stage ?? 0;
  const use = useCallback(
    (rate: number) => project.edit((draft) => void adoptRate(draft, at, rate), `finder.${at}`),
    [project, at],
  );
  if (!run || !result) return null;
  const fit = stageToTune(stages, at);
  // Once the fit after it has begun, the loss is what matters; the curve stays one click away.
  const begun = fit !== null && run.stages[fit] !== undefined && stage !== at;
  const isFolded = folded?.result === result ? folded.folded : begun;
  return (
    <Card
      title="Learning-rate search"
      hint={`Stage ${at + 1}`}
      aside={
        <Button tone="quiet" onPress={() => setFolded({ result, folded: !isFolded })}>
          {isFolded ? "Show the curve" : "Hide"}
        </Button>
      }
    >
      {isFolded ? (
        <p className="text-s text-ink-3">
          {result.suggestions.length === 0 ? "No suggestion." : "The curve and its suggestions are kept."}
        </p>
      ) : (
        <FinderChart
          result={result}
          planned={plannedRate(stages, at)}
          onUse={use}
          target={fit === null ? "no fit" : `stage ${fit + 1}`}
        />
      )}
    </Card>
  );
}
