// Labels items by numbers in columns of a table.
import { TABLE_FIELDS } from "./fields";
import { ok } from "../../base/result";
import type { LabelerOf } from "./labeler";
import { numbersOfItems } from "./numberColumns";

/** One number for each column. */
export const floatColumns: LabelerOf<"floatColumns"> = {
  id: "floatColumns",
  label: "numbers in columns",
  help: "The model learns to say numbers, such as an age or a price, that stand in columns of a table.",
  answers: "values",
  fields: [
    ...TABLE_FIELDS,
    {
      kind: "list",
      id: "columns",
      label: "Columns",
      help: "The columns, with commas between.",
      default: [],
      suggest: "columns",
    },
  ],
  run: async (spec, context) => {
    const found = await numbersOfItems(spec, context);
    if (!found.ok) return found;
    const { of, columns, problems } = found.value;
    return ok({ answers: { kind: "values", of, names: columns }, problems });
  },
};
