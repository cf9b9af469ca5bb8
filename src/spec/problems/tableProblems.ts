// Problems with tables of labels; codes as in the corpus of bad inputs.
import type { ProblemEntry } from "./entry";

const choose = { label: "Choose other files", action: { do: "chooseFiles" } } as const;
const showItems = { label: "Show them", action: { do: "showItems" } } as const;
const openData = { label: "Look at the data", action: { do: "openScreen", screen: "data" } } as const;

export const TABLE_PROBLEMS = {
  CSV_EMPTY: {
    severity: "error",
    title: "The table is empty.",
    detail: "It has nothing to read; nothing was changed.",
    mend: [choose],
  },
  CSV_NO_ROWS: {
    severity: "error",
    title: "The table has a header but no rows.",
    detail: "There is nothing to learn from in it.",
    mend: [choose],
  },
  CSV_ENCODING: {
    severity: "warning",
    title: "The table is not in UTF-8.",
    detail: "It was read as windows-1252; look at the labels, and save it as UTF-8 where letters are wrong.",
    mend: [openData],
  },
  CSV_BINARY: {
    severity: "error",
    title: "This is not a table of text.",
    detail: "Its name says table, its content is something else.",
    mend: [choose],
  },
  CSV_IS_XLSX: {
    severity: "error",
    title: "This is a spreadsheet, not a CSV file.",
    detail: "Open it in its program and save it as CSV.",
    mend: [choose],
  },
  CSV_QUOTE: {
    severity: "error",
    title: "A quote in the table never closes.",
    detail: "Everything after it would be one field; close the quote and drop the table again.",
    mend: [choose],
  },
  CSV_RAGGED: {
    severity: "warning",
    title: "Some rows have too few or too many fields.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  CSV_RAGGED_ALL: {
    severity: "error",
    title: "No row of the table fits its header.",
    detail: "Every row has more or fewer fields than the header has names.",
    mend: [choose],
  },
  JSONL_LINES: {
    severity: "warning",
    title: "Some lines of the table are no JSON objects.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  JSONL_LINES_ALL: {
    severity: "error",
    title: "No line of the table is a JSON object.",
    detail: "A .jsonl file needs one object in braces on each line; nothing was changed.",
    mend: [choose],
  },
  CSV_DUP_HEADER: {
    severity: "error",
    title: "Two columns of the table have the same name.",
    detail: "Give each column its own name, so that it is clear which one is meant.",
    mend: [choose],
  },
  CSV_BLANK_HEADER: {
    severity: "note",
    title: "A column of the table has no name.",
    detail: "It is called by its place, such as “column 2”.",
    mend: [openData],
  },
  CSV_NO_HEADER: {
    severity: "warning",
    title: "The table seems to have no header.",
    detail: "Its first row is read as data and the columns are called by their place, such as “column 1”.",
    mend: [openData],
  },
  CSV_DECIMAL_COMMA: {
    severity: "warning",
    title: "Numbers in the table use a decimal comma.",
    detail: "As labels they are taken as text, exactly as written.",
    mend: [openData],
  },
  CSV_NOT_FOUND: {
    severity: "error",
    title: "The recipe's table is not among these files.",
    detail: "Choose the folder that holds it, or another way to read the data.",
    mend: [choose, openData],
  },
  CSV_COLUMN: {
    severity: "error",
    title: "The table has no column of that name.",
    detail: "Choose one of its columns.",
    mend: [openData],
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
    detail: "Each is used once.",
    mend: [showItems],
  },
  CSV_CONFLICT: {
    severity: "error",
    title: "Some pictures have two different labels.",
    detail: "The table lists them twice, and Glasshouse cannot know which label is right.",
    mend: [
      { label: "Leave them out", action: { do: "setRecipe", path: "data.labels.conflicts", value: "leaveOut" } },
      { label: "Use the first label", action: { do: "setRecipe", path: "data.labels.conflicts", value: "first" } },
      showItems,
    ],
  },
  CSV_PATH: {
    severity: "warning",
    title: "Some rows point outside of the folder.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
} as const satisfies Record<string, ProblemEntry>;
