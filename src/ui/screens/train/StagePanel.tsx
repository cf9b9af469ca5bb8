// The plan: stages that are run one after the other, each with its own start button, and what they will do to the rate.
import { FastForward, Play, Plus } from "lucide-react";
import { useMemo } from "react";
import { batchesPerEpoch, schedulePreview } from "../../../store/schedulePreview";
import { STAGES, type StageKind } from "../../../store/stages";
import { ScheduleChart } from "../../charts/ScheduleChart";
import { useDataset, useProject, useRuns, useStatus, useStudio, useWhyNotTrain } from "../../hooks/useStudio";
import { Button, Card, MenuButton } from "../../widgets";
import { StageRow } from "./StageRow";
import { goesOnAt } from "./stageState";

export interface StagePanelProps {
  readonly selected: number | null;
  readonly onSelect: (stage: number | null) => void;
}

/** The stage list with its preview. */
export function StagePanel({ selected, onSelect }: StagePanelProps) {
  const { runs, project } = useStudio();
  const recipe = useProject((state) => state.recipe);
  const live = useRuns((state) => {
    const run = state.runs.find(({ id }) => id === state.live);
    return { recipe: run?.recipe ?? null, nextStage: run?.nextStage ?? 0 };
  });
  const whyNot = useWhyNotTrain();
  const { stages } = recipe.train;
  const running = useStatus((state) => state.runState !== "idle");
  const next = running
    ? null
    : goesOnAt(live.recipe ? { recipe: live.recipe, nextStage: live.nextStage } : null, recipe);
  const add = (kind: StageKind): void => {
    project.edit((draft) => void draft.train.stages.push({ ...STAGES[kind].fresh }));
    onSelect(stages.length);
  };
  return (
    <Card
      title="Stages"
      bare
      aside={
        <>
          {next !== null && (
            <Button
              icon={<FastForward aria-hidden />}
              whyNot={whyNot}
              onPress={() => void runs.train(next)}
              tip={`Goes on with stage ${next + 1}`}
            >
              Go on
            </Button>
          )}
          <Button
            tone="primary"
            icon={<Play aria-hidden className="fill-current" />}
            whyNot={whyNot}
            onPress={() => void runs.train()}
            tip="Runs all stages from the start"
          >
            All
          </Button>
        </>
      }
    >
      {whyNot !== null && !running && <p className="px-4.5 pt-2 text-xs text-ink-3">{whyNot}</p>}
      <ol className="mt-3 border-t border-line">
        {stages.map((stage, index) => (
          <StageRow
            key={index}
            index={index}
            stage={stage}
            last={index === stages.length - 1}
            open={selected === index}
            onToggle={() => onSelect(selected === index ? null : index)}
            onMoved={onSelect}
          />
        ))}
      </ol>
      {stages.length === 0 && (
        <p className="px-4.5 py-4 text-s text-ink-2">Nothing is planned. Add “Fit one cycle” to train.</p>
      )}
      <div className="px-3 py-2">
        <MenuButton
          label="Add a stage"
          className="hit gap-1.5 px-2 py-1.5 text-s text-ink-2"
          actions={(Object.keys(STAGES) as StageKind[]).map((kind) => ({
            id: kind,
            label: STAGES[kind].label,
            act: () => add(kind),
          }))}
        >
          <Plus aria-hidden /> Add a stage
        </MenuButton>
      </div>
      <div className="border-t border-line px-4.5 py-4">
        <Preview />
      </div>
    </Card>
  );
}

function Preview() {
  const { stages, batchSize } = useProject(({ recipe }) => ({
    stages: recipe.train.stages,
    batchSize: recipe.data.batchSize,
  }));
  const train = useDataset((state) => state.report?.train ?? 0);
  // Without data the shape is the same; only the numbers of batches are unknown.
  const perEpoch = batchesPerEpoch(train, batchSize);
  const preview = useMemo(() => schedulePreview(stages, perEpoch), [stages, perEpoch]);
  if (perEpoch === 0)
    return (
      <p className="text-xs text-ink-3">The schedule is drawn here as soon as there is data to count batches with.</p>
    );
  return <ScheduleChart preview={preview} />;
}
