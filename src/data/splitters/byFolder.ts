// Splits by the folders train and valid (or however they are called).
import { ok } from "../../base/result";
import { TRAIN, UNUSED, VALID, type Splitter } from "./splitter";

/** The first folder of a path that carries one of the two names decides (`split_by_folder`); others are left out. */
export const byFolder: Splitter<"folder"> = async (spec, { count, path }) => {
  const split = new Uint8Array(count).fill(UNUSED);
  for (let item = 0; item < count; item += 1) {
    const folder = path(item)
      .split("/")
      .slice(0, -1)
      .find((part) => part === spec.train || part === spec.valid);
    if (folder !== undefined) split[item] = folder === spec.train ? TRAIN : VALID;
  }
  return ok({ split, problems: [] });
};
