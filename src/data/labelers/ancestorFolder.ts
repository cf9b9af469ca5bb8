// Labels an item by a folder further up.
import { ok } from "../../base/result";
import { labelByPath, type LabelerOf } from "./labeler";

/** One label an item: the name of the folder so many levels up (2: fastai's grandparent). */
export const ancestorFolder: LabelerOf<"ancestorFolder"> = {
  id: "ancestorFolder",
  label: "a folder further up",
  help: "For layouts such as dog/train/1.jpg, where the class is the grandparent of the picture.",
  answers: "labels",
  fields: [
    {
      kind: "number",
      id: "levels",
      label: "Levels up",
      help: "1 is the folder that the picture lies in, 2 the one above it.",
      default: 2,
      min: 1,
      max: 16,
      step: 1,
      integer: true,
    },
  ],
  run: async ({ levels }, context) => {
    const { rootName } = context.index;
    return ok(
      labelByPath(context, (path) => {
        const folders = [rootName, ...path.split("/").slice(0, -1)];
        return folders.at(-levels) ?? null;
      }),
    );
  },
};
