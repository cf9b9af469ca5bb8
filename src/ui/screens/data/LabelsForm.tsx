// The Labels slot: where the labels come from; the task follows from what they are.
import type { AnswerKind } from "../../../spec/blockFields";
import type { LabelsSpec, Task } from "../../../spec/recipe";
import { defaultMetrics } from "../../../store/blankRecipe";
import { useProject, useStatus, useStudio } from "../../hooks/useStudio";
import { BlockForm } from "./BlockForm";
import { MaskValueTable } from "./MaskValueTable";
import { PatternLab } from "./PatternLab";

const TASKS: Readonly<Record<AnswerKind, Task>> = {
  labels: "singleLabel",
  masks: "segmentation",
  points: "points",
  values: "regression",
};

/** What is learned from such labels; a separator means several an item. */
function taskOf(answers: AnswerKind, labels: LabelsSpec): Task {
  return labels.kind === "csvColumn" && labels.delimiter !== null ? "multiLabel" : TASKS[answers];
}

/** Fields of `data.labels`. */
export function LabelsForm() {
  const { project } = useStudio();
  const labels = useProject((state) => state.recipe.data.labels);
  const items = useProject((state) => state.recipe.data.items.kind);
  const catalog = useStatus((state) => state.catalog);
  const entries = (catalog?.labelers ?? []).filter((entry) => !entry.items || entry.items.includes(items));
  return (
    <div className="space-y-2.5">
      <BlockForm
        label="From"
        entries={entries}
        spec={labels}
        onChange={(spec, { id }) =>
          project.edit((draft) => {
            const next = spec as LabelsSpec;
            draft.data.labels = next;
            const task = taskOf(entries.find((entry) => entry.id === id)?.answers ?? "labels", next);
            if (draft.task === task) return;
            draft.task = task;
            draft.metrics = defaultMetrics(task, catalog);
          }, "data.labels")
        }
      />
      {labels.kind === "mask" && <MaskValueTable labels={labels} />}
      <PatternLab spec={labels} />
    </div>
  );
}
