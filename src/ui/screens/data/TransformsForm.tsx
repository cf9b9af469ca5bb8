// The Transforms slot: what is done to every picture, and how training pictures are varied.
import { ChoiceList } from "../../forms/ChoiceList";
import { useProject, useSettings, useStatus, useStudio } from "../../hooks/useStudio";
import { PresetMenu } from "./PresetMenu";
import { SizeLadder } from "./SizeLadder";

/** `data.transforms` and `data.augment`. */
export function TransformsForm() {
  const { project } = useStudio();
  const { transforms, augment } = useProject((state) => ({
    transforms: state.recipe.data.transforms,
    augment: state.recipe.data.augment,
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
