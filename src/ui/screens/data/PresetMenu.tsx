// Ready lists of augmentations: fastai's get_transforms and what the lessons use.
import { TRANSFORM_PRESETS } from "../../../spec/getTransforms";
import type { Choice } from "../../../spec/recipe";
import { useProject, useStudio } from "../../hooks/useStudio";
import { Select } from "../../widgets";

const OWN = "own";

const same = (a: readonly Choice[], b: readonly Choice[]): boolean =>
  a.length === b.length &&
  a.every((choice, i) => {
    const [mine, theirs] = [Object.entries(choice).sort(), Object.entries(b[i] ?? {}).sort()];
    return JSON.stringify(mine) === JSON.stringify(theirs);
  });

/** Which preset the list is, and a menu of the others; each expands into the list below. */
export function PresetMenu() {
  const { project } = useStudio();
  const augment = useProject((state) => state.recipe.data.augment);
  const current = TRANSFORM_PRESETS.find((preset) => same(preset.augment, augment))?.id ?? OWN;
  const presets = TRANSFORM_PRESETS.map(({ id, label, help }) => ({ id, label, help }));
  return (
    <Select
      label="Preset"
      help="Puts a ready list below, where each entry can be changed. Photographs is what fastai's get_transforms() gives."
      value={current}
      options={current === OWN ? [...presets, { id: OWN, label: "Your own" }] : presets}
      onChange={(id) => {
        const preset = TRANSFORM_PRESETS.find((one) => one.id === id);
        if (!preset) return;
        project.edit((draft) => {
          draft.data.augment = preset.augment.map((choice) => ({ ...choice }));
        }, "");
      }}
    />
  );
}
