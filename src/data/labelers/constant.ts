// Gives every item the same label.
import { ok } from "../../base/result";
import { labelByPath, type LabelerOf } from "./labeler";

/** fastai's `label_const`. */
export const constant: LabelerOf<"constant"> = {
  id: "constant",
  label: "one for all",
  help: "Every item gets this label. Of use where several folders are put together one by one.",
  answers: "labels",
  fields: [{ kind: "text", id: "label", label: "Label", help: "The label of all items.", default: "yes" }],
  run: async ({ label }, context) => ok(labelByPath(context, () => label)),
};
