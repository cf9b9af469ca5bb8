// Labels items by points whose coordinates stand in columns of a table.
import { FRAME_FIELD, ORDER_FIELD, TABLE_FIELDS } from "./fields";
import { err, ok } from "../../base/result";
import { problem } from "../../spec/problems";
import type { LabelerOf } from "./labeler";
import { numbersOfItems } from "./numberColumns";

/** Pairs of columns as points: (x, y) or (y, x) in pixels. */
export const pointColumns: LabelerOf<"pointColumns"> = {
  id: "pointColumns",
  label: "points in columns",
  help: "The coordinates of points on the picture, in pixels, stand in pairs of columns of a table.",
  answers: "points",
  fields: [
    ...TABLE_FIELDS,
    {
      kind: "list",
      id: "columns",
      label: "Columns",
      help: "Two for each point, with commas between; all but the naming column where this is empty.",
      default: [],
      suggest: "columns",
    },
    ORDER_FIELD,
    FRAME_FIELD,
  ],
  run: async (spec, context) => {
    const found = await numbersOfItems(spec, context);
    if (!found.ok) return found;
    const { of, columns, problems } = found.value;
    if (columns.length % 2 === 1) return err(problem("POINTS_ODD", { items: columns }));
    const swap = (values: Float32Array | null): Float32Array | null =>
      values && (spec.order === "yx" ? values : values.map((_, i) => values[i ^ 1] as number));
    const names = columns.flatMap((column, i) => (i % 2 === 0 ? [`${column}, ${columns[i + 1] ?? ""}`] : []));
    return ok({ answers: { kind: "points", of: of.map(swap), names }, problems });
  },
};
