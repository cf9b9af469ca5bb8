// Labels an item by the folder that it lies in.
import { ok } from "../../base/result";
import type { Labeler } from "./labeler";

/** Name of the folder that directly holds a path; `root` for paths without one. */
export function parentOf(path: string, root: string): string {
  return path.split("/").at(-2) ?? root;
}

/** One label an item: its folder's name. */
export const parentFolder: Labeler<"parentFolder"> = async (_spec, { index, items }) => {
  const of = Array.from(items.files, (file) => [parentOf(index.paths[file] as string, index.rootName)]);
  return ok({ answers: { kind: "labels", of }, problems: [] });
};
