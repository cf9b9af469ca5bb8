// The Split slot: a random share held back, or folders that say which is which.
import type { SplitSpec } from "../../../spec/recipe";
import { useProject, useSettings, useStudio } from "../../hooks/useStudio";
import { NumberField, Select, Slider, TextField } from "../../widgets";

const STARTS: readonly SplitSpec[] = [
  { kind: "random", valid: 0.2, seed: 42 },
  { kind: "folder", train: "train", valid: "valid" },
  { kind: "listFile", file: "valid.txt" },
];

/** Fields of `data.split` and `data.limit`. */
export function SplitForm() {
  const { project } = useStudio();
  const { split, limit } = useProject((state) => ({ split: state.recipe.data.split, limit: state.recipe.data.limit }));
  const everything = useSettings((state) => state.everything);
  const setKind = (kind: string): void => {
    if (kind === split.kind) return;
    const next = STARTS.find((one) => one.kind === kind);
    if (next) project.setField("data.split", next);
  };
  return (
    <div className="space-y-2.5">
      <Select
        label="By"
        value={split.kind}
        options={[
          { id: "random", label: "chance" },
          { id: "folder", label: "folder" },
          { id: "listFile", label: "a list of names" },
        ]}
        onChange={setKind}
      />
      {split.kind === "random" ? (
        <>
          <Slider
            label="Held back"
            help="The share of items that the model never trains on. Its score is measured on them. A fifth is a good habit."
            value={split.valid}
            min={0.05}
            max={0.5}
            step={0.05}
            format={(value) => `${Math.round(value * 100)} %`}
            onChange={(valid) => project.setField("data.split.valid", valid)}
          />
          <NumberField
            label="Seed"
            help="The same seed always holds back the same items, as numpy would."
            value={split.seed}
            min={0}
            max={0xffffffff}
            step={1}
            digits={0}
            onChange={(seed) => project.setField("data.split.seed", seed)}
          />
        </>
      ) : split.kind === "listFile" ? (
        <TextField
          label="List"
          help="A text file with the names of the validation items, one a line."
          value={split.file}
          onChange={(file) => project.setField("data.split.file", file)}
        />
      ) : (
        <>
          <TextField
            label="Training"
            help="Name of the folder with the training items."
            value={split.train}
            onChange={(train) => project.setField("data.split.train", train)}
          />
          <TextField
            label="Validation"
            help="Name of the folder with the validation items."
            value={split.valid}
            onChange={(valid) => project.setField("data.split.valid", valid)}
          />
        </>
      )}
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
