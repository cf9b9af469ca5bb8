// The Labels slot: where the labels come from; the task follows from what they are.
import type { AnswerKind } from "../../../spec/blockFields";
import type { LabelsSpec, Task } from "../../../spec/recipe";
import { defaultMetrics } from "../../../store/blankRecipe";
import { useProject, useStatus, useStudio } from "../../hooks/useStudio";
import { Switch } from "../../widgets";
import { BlockForm } from "./BlockForm";
import { MaskNames } from "./MaskNames";
import { MaskValueTable } from "./MaskValueTable";
import { PatternLab } from "./PatternLab";

const TASKS: Readonly<Record<AnswerKind, Task>> = {
  labels: "singleLabel",
  masks: "segmentation",
  points: "points",
  values: "regression",
};

/** What is learned from such labels; a separator means several an item. Names stay numbers where they were. */
function taskOf(answers: AnswerKind, labels: LabelsSpec, now: Task): Task {
  if (answers === "labels" && now === "regression") return now;
  return labels.kind === "csvColumn" && labels.delimiter !== null ? "multiLabel" : TASKS[answers];
}

/** Fields of `data.labels`. */
export function LabelsForm() {
  const { project } = useStudio();
  const labels = useProject((state) => state.recipe.data.labels);
  const items = useProject((state) => state.recipe.data.items.kind);
  const task = useProject((state) => state.recipe.task);
  const catalog = useStatus((state) => state.catalog);
  const named = catalog?.labelers.find(({ id }) => id === labels.kind)?.answers === "labels";
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
            const task = taskOf(entries.find((entry) => entry.id === id)?.answers ?? "labels", next, draft.task);
            if (draft.task === task) return;
            draft.task = task;
            draft.metrics = defaultMetrics(task, catalog);
          }, "data.labels")
        }
      />
      {named && (task === "singleLabel" || task === "regression") && (
        <Switch
          label="The labels are numbers"
          help="On: the model learns to say a number, such as an age in the file's name. Off: each different label is a class of its own."
          value={task === "regression"}
          onChange={(on) =>
            project.edit((draft) => {
              draft.task = on ? "regression" : "singleLabel";
              draft.metrics = defaultMetrics(draft.task, catalog);
            }, "task")
          }
        />
      )}
      {labels.kind === "mask" && <MaskNames labels={labels} />}
      {labels.kind === "mask" && <MaskValueTable labels={labels} />}
      <PatternLab spec={labels} />
    </div>
  );
}
