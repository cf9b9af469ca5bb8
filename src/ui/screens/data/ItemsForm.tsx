// The Items slot: every picture below a folder, or every row of a table.
import type { ItemsSpec } from "../../../spec/recipe";
import { useDataset, useProject, useStudio } from "../../hooks/useStudio";
import { Select, TextField } from "../../widgets";
import { suggestionsOf } from "./suggestions";

/** Fields of `data.items`. */
export function ItemsForm() {
  const { project } = useStudio();
  const items = useProject((state) => state.recipe.data.items);
  const offered = suggestionsOf(useDataset((state) => state.guesses));
  const set = (field: string, value: string): void => project.setField(`data.items.${field}`, value);
  const setKind = (kind: string): void => {
    if (kind === items.kind) return;
    const next: ItemsSpec =
      kind === "files"
        ? { kind: "files", folder: items.folder }
        : {
            kind: "csvColumn",
            file: offered.files[0] ?? "",
            column: offered.columns[0] ?? "",
            folder: items.folder,
            suffix: "",
          };
    project.setField("data.items", next);
  };
  return (
    <div className="space-y-2.5">
      <Select
        label="From"
        value={items.kind}
        options={[
          { id: "files", label: "all pictures" },
          { id: "csvColumn", label: "a table column" },
        ]}
        onChange={setKind}
      />
      {items.kind === "csvColumn" && (
        <>
          <TextField
            label="Table"
            value={items.file}
            onChange={(value) => set("file", value)}
            suggestions={offered.files}
          />
          <TextField
            label="Column"
            help="The column with the names of the pictures."
            value={items.column}
            onChange={(value) => set("column", value)}
            suggestions={offered.columns}
          />
        </>
      )}
      <TextField
        label="Folder"
        help="Where the pictures lie, below what was dropped. Empty means anywhere."
        placeholder="anywhere"
        value={items.folder}
        onChange={(value) => set("folder", value)}
        suggestions={offered.folders}
      />
      {items.kind === "csvColumn" && (
        <TextField
          label="Ending"
          help="What is put behind each name to find its file, for example .jpg."
          placeholder="none"
          value={items.suffix}
          onChange={(value) => set("suffix", value)}
          suggestions={offered.suffixes}
        />
      )}
    </div>
  );
}
