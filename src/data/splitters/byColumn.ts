// Splits by a column of a table (fastai's `split_from_df`).
import { ok } from "../../base/result";
import { TABLE_FIELDS } from "../labelers/fields";
import { TRAIN, UNUSED, VALID, type SplitterOf } from "./splitter";

const YES = new Set(["true", "yes", "y", "t", "valid", "val", "validation", "test", "dev"]);

/** Whether a cell says yes: a word for it, or a number that is not 0. */
export function saysYes(cell: string): boolean {
  const text = cell.trim().toLowerCase();
  const value = Number(text);
  return YES.has(text) || (text !== "" && Number.isFinite(value) && value !== 0);
}

/** Items whose cell says yes, or is one of `values`, validate; items without a row are left out. */
export const byColumn: SplitterOf<"column"> = {
  id: "column",
  label: "a table column",
  help: "A column such as is_valid says which items validate.",
  fields: [
    ...TABLE_FIELDS,
    {
      kind: "text",
      id: "column",
      label: "Column",
      help: "The column that says it.",
      default: "is_valid",
      suggest: "columns",
    },
  ],
  run: async (spec, { count, cells }) => {
    const found = await cells(spec);
    if (!found.ok) return found;
    const values = spec.values === undefined ? null : new Set(spec.values);
    const split = new Uint8Array(count).fill(UNUSED);
    for (const [item, cell] of found.value.entries()) {
      if (cell === null) continue;
      split[item] = (values === null ? saysYes(cell) : values.has(cell.trim())) ? VALID : TRAIN;
    }
    return ok({ split, problems: [] });
  },
};
