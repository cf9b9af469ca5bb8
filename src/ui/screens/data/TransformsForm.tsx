// The Transforms slot: what is done to every picture, and how training pictures are varied.
import { ChoiceList } from "../../forms/ChoiceList";
import { useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { NumberField } from "../../widgets";
import { LevelFields } from "./LevelFields";
import { PresetMenu } from "./PresetMenu";
import { SizeLadder } from "./SizeLadder";

/** `data.transforms` and `data.augment`. */
export function TransformsForm() {
  const { project } = useStudio();
  const { transforms, augment, channels } = useProject((state) => ({
    transforms: state.recipe.data.transforms,
    augment: state.recipe.data.augment,
    channels: state.recipe.data.channels ?? 3,
  }));
  const catalog = useStatus((state) => state.catalog);
  const everything = useSettings((state) => state.everything);
  return (
    <div className="space-y-4">
      <ChoiceList
        label="Every picture"
        family={catalog?.transforms ?? []}
        choices={transforms}
        everything={everything}
        ordered
        onChange={(next, merge) =>
          project.edit((draft) => {
            draft.data.transforms = next;
          }, merge)
        }
      />
      {everything && (
        <NumberField
          label="Channels"
          help="3 is colour, 1 is grey. Another number takes the bands that the files have, for example 4 of a satellite; the first layer of a trained model is fitted to them."
          value={channels}
          min={1}
          max={16}
          digits={0}
          onChange={(value) => project.setField("data.channels", value)}
        />
      )}
      {everything && <LevelFields />}
      <SizeLadder />
      <PresetMenu />
      <ChoiceList
        label="Training pictures, at random"
        family={catalog?.augments ?? []}
        choices={augment}
        everything={everything}
        onChange={(next, merge) =>
          project.edit((draft) => {
            draft.data.augment = next;
          }, merge)
        }
      />
    </div>
  );
}
