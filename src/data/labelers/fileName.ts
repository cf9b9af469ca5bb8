// Labels an item by its file's name, up to its number.
import { ok } from "../../base/result";
import { labelByPath, type LabelerOf } from "./labeler";

/** The name without its ending, its number and what stands before the number: `cat` of `cat.12.jpg`. */
export function nameLabel(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
  const label = name.replace(/[\s._-]*\(?\d+\)?$/, "");
  return label === "" ? name : label;
}

/** One label an item: `great_pyrenees` of `great_pyrenees_173.jpg`. */
export const fileName: LabelerOf<"fileName"> = {
  id: "fileName",
  label: "the file's name",
  help: "The name without its number: cat.12.jpg and cat_013.png are both cat.",
  answers: "labels",
  fields: [],
  run: async (_spec, context) => ok(labelByPath(context, nameLabel)),
};
