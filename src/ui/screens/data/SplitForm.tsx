// The Split slot: which items are kept back to validate on.
import type { SplitSpec } from "../../../spec/recipe";
import { useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { NumberField, Select } from "../../widgets";
import { BlockForm } from "./BlockForm";
import { FoldPicker } from "./FoldPicker";
import { PatternLab } from "./PatternLab";

/** Fields of `data.split` and `data.limit`. */
export function SplitForm() {
  const { project } = useStudio();
  const split = useProject((state) => state.recipe.data.split);
  const limit = useProject((state) => state.recipe.data.limit);
  const entries = useStatus((state) => state.catalog?.splitters ?? []);
  const everything = useSettings((state) => state.everything);
  return (
    <div className="space-y-2.5">
      <BlockForm
        label="By"
        entries={entries}
        spec={split}
        onChange={(next) => project.edit((draft) => void (draft.data.split = next as SplitSpec), "data.split")}
      />
      {split.kind === "kFold" && <FoldPicker split={split} />}
      <PatternLab spec={split} />
      {(everything || limit !== null) && <LimitField />}
    </div>
  );
}

/** A seeded subset for quick tries: fastai's use_partial_data. */
function LimitField() {
  const { project } = useStudio();
  const limit = useProject((state) => state.recipe.data.limit);
  return (
    <>
      <Select
        label="Use"
        help="A seeded part of the items, for a first quick try. Everything else of the recipe stays as it is."
        value={limit === null ? "all" : "some"}
        options={[
          { id: "all", label: "all items" },
          { id: "some", label: "only some" },
        ]}
        onChange={(kind) => project.setField("data.limit", kind === "all" ? null : (limit ?? 500))}
      />
      {limit !== null && (
        <NumberField
          label="How many"
          value={limit}
          min={1}
          step={1}
          digits={0}
          onChange={(value) => project.setField("data.limit", value)}
        />
      )}
    </>
  );
}
