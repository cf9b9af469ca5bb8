// Problems with tables of labels; codes as in the corpus of bad inputs.
import type { ProblemEntry } from "./entry";

const choose = { label: "Choose other files", action: { do: "chooseFiles" } } as const;
const showItems = { label: "Show them", action: { do: "showItems" } } as const;

export const TABLE_PROBLEMS = {
  CSV_EMPTY: {
    severity: "error",
    title: "The table is empty.",
    detail: "It has no rows to read; nothing was changed.",
    mend: [choose],
  },
  CSV_FILES_MISSING: {
    severity: "warning",
    title: "The table names pictures that are not there.",
    detail: "Those rows are left out; everything else is used.",
    mend: [showItems],
  },
  CSV_DUPLICATE_ROWS: {
    severity: "warning",
    title: "Some pictures stand in the table more than once.",
    detail: "Each is used once, with its first label.",
    mend: [showItems],
  },
} as const satisfies Record<string, ProblemEntry>;
