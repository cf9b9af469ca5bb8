// Splits by the folders train and valid (or however they are called).
import { ok } from "../../base/result";
import { TRAIN, UNUSED, VALID, type SplitterOf } from "./splitter";

/** The first folder of a path that carries one of the two names decides (`split_by_folder`); others are left out. */
export const byFolder: SplitterOf<"folder"> = {
  id: "folder",
  label: "folder",
  help: "Two folders say which items train and which validate.",
  fields: [
    {
      kind: "text",
      id: "train",
      label: "Training",
      help: "Name of the folder with the training items.",
      default: "train",
      suggest: "folders",
    },
    {
      kind: "text",
      id: "valid",
      label: "Validation",
      help: "Name of the folder with the validation items.",
      default: "valid",
      suggest: "folders",
    },
  ],
  run: async (spec, { count, path }) => {
    const split = new Uint8Array(count).fill(UNUSED);
    for (let item = 0; item < count; item += 1) {
      const folder = path(item)
        .split("/")
        .slice(0, -1)
        .find((part) => part === spec.train || part === spec.valid);
      if (folder !== undefined) split[item] = folder === spec.train ? TRAIN : VALID;
    }
    return ok({ split, problems: [] });
  },
};
