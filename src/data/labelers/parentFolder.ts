// Labels an item by the folder that it lies in.
import { ok } from "../../base/result";
import { labelByPath, type LabelerOf } from "./labeler";

/** Name of the folder that directly holds a path; `root` for paths without one. */
export function parentOf(path: string, root: string): string {
  return path.split("/").at(-2) ?? root;
}

/** One label an item: its folder's name. */
export const parentFolder: LabelerOf<"parentFolder"> = {
  id: "parentFolder",
  label: "the folder's name",
  help: "Pictures of one class lie in one folder, which is called like the class.",
  answers: "labels",
  fields: [],
  run: async (_spec, context) => ok(labelByPath(context, (path) => parentOf(path, context.index.rootName))),
};
