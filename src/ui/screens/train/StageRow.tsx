// One stage of the plan: its state, its words, its start button; opened, its fields.
import { ArrowDown, ArrowUp, Check, Copy, EllipsisVertical, Play, Trash2 } from "lucide-react";
import { memo } from "react";
import type { Stage } from "../../../spec/recipe";
import type { Run } from "../../../store/runs";
import { formatRate } from "../../../store/formatNumbers";
import { STAGES, stageWords } from "../../../store/stages";
import { useProject, useRuns, useStudio, useWhyNotTrain } from "../../hooks/useStudio";
import { cx, Help, IconButton, MenuButton } from "../../widgets";
import { StageEditor } from "./StageEditor";
import { stageState } from "./stageState";

export interface StageRowProps {
  readonly index: number;
  readonly stage: Stage;
  readonly last: boolean;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** The stage stands elsewhere now, or is gone. */
  readonly onMoved: (index: number | null) => void;
}

/** What a row looks at: all that changes less often than every epoch. */
type RowRun = Pick<Run, "recipe" | "stages" | "status" | "lrFinds">;

const STATE_WORDS = { waiting: "", started: "under way", finished: "done" } as const;

/** A row of the stage list. */
export const StageRow = memo(function StageRow({ index, stage, last, open, onToggle, onMoved }: StageRowProps) {
  const { runs, project } = useStudio();
  const recipe = useProject((state) => state.recipe);
  const run = useRuns(({ runs, current }): Partial<RowRun> => {
    const found = runs.find(({ id }) => id === current);
    return found ? { recipe: found.recipe, stages: found.stages, status: found.status, lrFinds: found.lrFinds } : {};
  });
  const whyNot = useWhyNotTrain();
  const state = stageState(run.recipe && run.stages ? { recipe: run.recipe, stages: run.stages } : null, recipe, index);
  const going = state === "started" && (run.status === "running" || run.status === "paused");
  const { title, detail } = stageWords(stage);
  const found = stage.do === "lrFind" ? run.lrFinds?.find((result) => result.stage === index) : undefined;
  const valley = found?.suggestions.find(({ id }) => id === "valley");

  const move = (to: number): void => {
    project.edit((draft) => {
      const [moved] = draft.train.stages.splice(index, 1);
      if (moved) draft.train.stages.splice(to, 0, moved);
    });
    onMoved(to);
  };
  const actions = [
    ...(index > 0 ? [{ id: "up", label: "Move up", icon: <ArrowUp aria-hidden />, act: () => move(index - 1) }] : []),
    ...(last ? [] : [{ id: "down", label: "Move down", icon: <ArrowDown aria-hidden />, act: () => move(index + 1) }]),
    {
      id: "copy",
      label: "Duplicate",
      icon: <Copy aria-hidden />,
      act: () => {
        project.edit((draft) => void draft.train.stages.splice(index + 1, 0, structuredClone(stage)));
        onMoved(index + 1);
      },
    },
    {
      id: "remove",
      label: "Remove",
      icon: <Trash2 aria-hidden />,
      danger: true,
      act: () => {
        project.edit((draft) => void draft.train.stages.splice(index, 1));
        onMoved(null);
      },
    },
  ];

  return (
    <li className={cx("border-b border-line", going && "bg-accent-soft")} aria-current={going ? "step" : undefined}>
      <div className="flex items-center pr-1.5 pl-3.5">
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="hit grid min-w-0 flex-1 grid-cols-[22px_minmax(0,1fr)] items-center gap-2 rounded-sm py-2 text-left text-s"
        >
          <span
            className={cx(
              "grid size-5 place-items-center rounded-full text-[10px]",
              state === "finished" ? "bg-accent text-accent-ink" : "bg-sunk text-ink-2",
              going && "outline-2 outline-accent",
            )}
          >
            {state === "finished" ? <Check className="size-3" aria-hidden /> : index + 1}
            <span className="sr-only">{STATE_WORDS[going || state === "finished" ? state : "waiting"]}</span>
          </span>
          <span className="flex min-w-0 flex-wrap items-baseline justify-between gap-x-2">
            <span>{title}</span>
            <span className={cx("font-mono text-[11px]", going ? "text-ink-2" : "text-ink-3")}>
              {valley ? `valley ${formatRate(valley.lr)}` : detail}
            </span>
          </span>
        </button>
        <IconButton
          label={`Run stage ${index + 1}: ${title}`}
          className="size-7"
          whyNot={whyNot}
          onPress={() => void runs.train(index, index + 1)}
        >
          <Play aria-hidden className="size-3.5! fill-current" />
        </IconButton>
        <MenuButton label={`More for stage ${index + 1}`} actions={actions}>
          <EllipsisVertical aria-hidden />
        </MenuButton>
      </div>
      {open && (
        <div className="px-4.5 pt-1 pb-4 pl-12">
          <p className="mb-3 flex items-start gap-1 text-xs text-ink-3">
            <span>{STAGES[stage.do].help.split(". ")[0]}.</span>
            <Help term={STAGES[stage.do].label} text={STAGES[stage.do].help} />
          </p>
          <StageEditor index={index} stage={stage} />
        </div>
      )}
    </li>
  );
});
