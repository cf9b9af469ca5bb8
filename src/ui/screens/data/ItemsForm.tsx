// The Items slot: pictures, series or texts, from folders or tables.
import type { ItemsSpec } from "../../../spec/recipe";
import { useProject, useStatus, useStudio } from "../../hooks/useStudio";
import { BlockForm } from "./BlockForm";

/** Fields of `data.items`. */
export function ItemsForm() {
  const { project } = useStudio();
  const items = useProject((state) => state.recipe.data.items);
  const entries = useStatus((state) => state.catalog?.items ?? []);
  return (
    <BlockForm
      label="From"
      entries={entries}
      spec={items}
      onChange={(next) => project.edit((draft) => void (draft.data.items = next as ItemsSpec), "data.items")}
    />
  );
}
