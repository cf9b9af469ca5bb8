// The Labels slot: the parent folder's name, or a table column that holds one label or several.
import type { LabelsSpec } from "../../../spec/recipe";
import { defaultMetrics } from "../../../store/blankRecipe";
import { useDataset, useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { Select, TextField } from "../../widgets";
import { suggestionsOf } from "./suggestions";

const SEPARATORS = [
  { id: "none", label: "none: one label a row", delimiter: null },
  { id: "space", label: "␣ space", delimiter: " " },
  { id: "comma", label: ", comma", delimiter: "," },
  { id: "semicolon", label: "; semicolon", delimiter: ";" },
  { id: "bar", label: "| bar", delimiter: "|" },
] as const;

/** Fields of `data.labels`; the separator decides between one label and several. */
export function LabelsForm() {
  const { project } = useStudio();
  const { labels, items } = useProject((state) => ({
    labels: state.recipe.data.labels,
    items: state.recipe.data.items,
  }));
  const everything = useSettings((state) => state.everything);
  const catalog = useStatus((state) => state.catalog);
  const offered = suggestionsOf(useDataset((state) => state.guesses));

  const change = (next: LabelsSpec): void =>
    project.edit((draft) => {
      draft.data.labels = next;
      const task = next.kind === "csvColumn" && next.delimiter !== null ? "multiLabel" : "singleLabel";
      if (draft.task === task) return;
      draft.task = task;
      draft.metrics = defaultMetrics(task, catalog);
    }, "data.labels");

  return (
    <div className="space-y-2.5">
      <Select
        label="From"
        value={labels.kind}
        options={[
          { id: "parentFolder", label: "the folder's name" },
          { id: "csvColumn", label: "a table column" },
        ]}
        onChange={(kind) => {
          if (kind === labels.kind) return;
          change(
            kind === "parentFolder"
              ? { kind: "parentFolder" }
              : { kind: "csvColumn", column: offered.columns.at(-1) ?? "", delimiter: null },
          );
        }}
      />
      {labels.kind === "csvColumn" && (
        <>
          {items.kind === "files" && (
            <>
              <TextField
                label="Table"
                value={labels.file ?? ""}
                onChange={(file) => change({ ...labels, file })}
                suggestions={offered.files}
              />
              <TextField
                label="Names in"
                help="The column with the names of the pictures."
                value={labels.nameColumn ?? ""}
                onChange={(nameColumn) => change({ ...labels, nameColumn })}
                suggestions={offered.columns}
              />
            </>
          )}
          <TextField
            label="Column"
            help="The column with the labels."
            value={labels.column}
            onChange={(column) => change({ ...labels, column })}
            suggestions={offered.columns}
          />
          <Select
            label="Separator"
            help="What stands between several labels of one item. With a separator, an item may have any number of labels."
            value={SEPARATORS.find(({ delimiter }) => delimiter === labels.delimiter)?.id ?? null}
            placeholder={labels.delimiter ?? "none"}
            options={SEPARATORS}
            onChange={(id) => {
              const separator = SEPARATORS.find((one) => one.id === id);
              if (separator) change({ ...labels, delimiter: separator.delimiter });
            }}
          />
          {everything && (
            <Select
              label="If rows differ"
              help="What happens to a picture that the table names twice with different labels."
              value={labels.conflicts ?? "ask"}
              options={[
                { id: "ask", label: "stop and ask" },
                { id: "first", label: "the first row counts" },
                { id: "leaveOut", label: "leave the picture out" },
              ]}
              onChange={(id) => {
                const { conflicts: _conflicts, ...rest } = labels;
                change(id === "first" || id === "leaveOut" ? { ...rest, conflicts: id } : rest);
              }}
            />
          )}
        </>
      )}
    </div>
  );
}
