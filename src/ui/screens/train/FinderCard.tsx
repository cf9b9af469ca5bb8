// The learning-rate search of the chosen stage, or the latest one; its rate goes into the fit that comes next.
import { useCallback, useState } from "react";
import { formatRate } from "../../../store/formatNumbers";
import { adoptRate, plannedRate, stageToTune } from "../../../store/stages";
import { FinderChart } from "../../charts/FinderChart";
import { useProject, useStudio } from "../../hooks/useStudio";
import { Button, Card } from "../../widgets";
import { useSlowRun } from "./useSlowRun";

/** Shown as long as the run has searched. */
export function FinderCard({ stage }: { readonly stage: number | null }) {
  const { project } = useStudio();
  const run = useSlowRun();
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
  const valley = result.suggestions.find(({ id }) => id === "valley");
  // Once the fit after it has begun, the loss is what matters; the curve stays one click away.
  const begun = fit !== null && run.stages[fit] !== undefined && stage !== at;
  const isFolded = folded?.result === result ? folded.folded : begun;
  return (
    <Card
      title="Learning-rate search"
      hint={valley ? `Stage ${at + 1} · the valley rule suggests ${formatRate(valley.lr)}` : `Stage ${at + 1}`}
      bare={isFolded}
      {...(isFolded ? { className: "pb-4" } : {})}
      aside={
        <Button tone="quiet" onPress={() => setFolded({ result, folded: !isFolded })}>
          {isFolded ? "Show the curve" : "Hide"}
        </Button>
      }
    >
      {!isFolded && (
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
