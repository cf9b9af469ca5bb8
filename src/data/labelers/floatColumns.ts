// Labels items by numbers in columns of a table.
import { ok } from "../../base/result";
import type { Labeler } from "./labeler";
import { numbersOfItems } from "./numberColumns";

/** One number for each column. */
export const floatColumns: Labeler<"floatColumns"> = async (spec, context) => {
  const found = await numbersOfItems(spec, context);
  if (!found.ok) return found;
  const { of, columns, problems } = found.value;
  return ok({ answers: { kind: "values", of, names: columns }, problems });
};
