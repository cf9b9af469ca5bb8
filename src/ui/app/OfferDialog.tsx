// A recipe from a link or a file waits for a yes: it opens as a new project and overwrites nothing silently.
import { Download } from "lucide-react";
import type { Task } from "../../spec/recipe";
import { plural } from "../../store/formatNumbers";
import { totalEpochs } from "../../store/tabNumbers";
import { useProject, useRuns, useStudio } from "../hooks/useStudio";
import { Button, Dialog, FactRow } from "../widgets";

const TASKS: Readonly<Record<Task, string>> = {
  singleLabel: "one label an item",
  multiLabel: "several labels an item",
  segmentation: "a class for each pixel",
  points: "points on each picture",
  regression: "numbers for each item",
};

/** Asks before a recipe takes the place of the project. */
export function OfferDialog() {
  const { session } = useStudio();
  const { offered, title } = useProject((state) => ({ offered: state.offered, title: state.recipe.title }));
  const runs = useRuns((state) => state.runs.length);
  return (
    <Dialog
      title="Open this recipe?"
      role="alertdialog"
      isOpen={offered !== null}
      onClose={session.declineOffer}
      actions={
        <>
          <Button onPress={session.declineOffer}>Keep what I have</Button>
          <Button tone="primary" onPress={session.acceptOffer}>
            Open as a new project
          </Button>
        </>
      }
    >
      {offered && (
        <div className="space-y-4">
          <p className="text-ink-2">
            It came from {offered.from}. A recipe is only a description: it holds no pictures and runs no code.
          </p>
          <div className="space-y-1.5 rounded-md bg-sunk p-3.5">
            <FactRow label="Title">{offered.recipe.title}</FactRow>
            <FactRow label="Task">{TASKS[offered.recipe.task]}</FactRow>
            <FactRow label="Model">{offered.recipe.model.arch}</FactRow>
            <FactRow label="Training">
              {plural(offered.recipe.train.stages.length, "stage")}, {plural(totalEpochs(offered.recipe), "epoch")}
            </FactRow>
          </div>
          <div className="flex flex-wrap items-center justify-between gap-3 text-s text-ink-2">
            <span>
              “{title}”{runs > 0 ? ` and its ${plural(runs, "run")}` : ""} will make room for it.
            </span>
            <Button icon={<Download aria-hidden />} onPress={session.downloadRecipe}>
              Save mine first
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}
