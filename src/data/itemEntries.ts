// The kinds of items, for the catalogue.
import { BLANK, type BlockEntry } from "../spec/blockFields";

const folder = {
  kind: "text",
  id: "folder",
  label: "Folder",
  help: "Where they lie, below what was dropped. Empty means anywhere.",
  default: "",
  suggest: "folders",
} as const;

const file = { kind: "text", id: "file", label: "Table", help: "The table.", default: "", suggest: "files" } as const;

export const ITEM_ENTRIES: readonly BlockEntry[] = [
  { id: "files", label: "all pictures", help: "Every picture of a folder is an item.", fields: [folder] },
  {
    id: "csvColumn",
    label: "a table column",
    help: "A table names the pictures, one a row.",
    fields: [
      file,
      {
        kind: "text",
        id: "column",
        label: "Column",
        help: "The column with the names of the pictures.",
        default: "",
        suggest: "columns",
      },
      folder,
      {
        kind: "text",
        id: "suffix",
        label: "Ending",
        help: "What is put behind each name to find its file, for example .jpg.",
        default: "",
      },
    ],
  },
  {
    id: "series",
    label: "series of numbers",
    help: "Each row of a table without a header is a series; the transforms draw it as a picture.",
    fields: [
      {
        kind: "list",
        id: "files",
        label: "Files",
        help: "Tables, .ts or .arff files, with commas between.",
        default: [],
        suggest: "files",
      },
      {
        kind: "choice",
        id: "label",
        label: "Class",
        help: "Where the class stands in a row. Files of .ts and .arff say it themselves.",
        default: "first",
        options: [
          { id: "first", label: "at the beginning" },
          { id: "last", label: "at the end" },
          { id: "none", label: "nowhere" },
        ],
      },
      {
        kind: "choice",
        id: "otherLengths",
        label: "Other lengths",
        help: "What happens to series that are shorter or longer than the others. Numbers between the neighbours draw a smooth line through them; means over equal parts keep what lies between, where a series is much longer.",
        default: BLANK,
        blank: "absent",
        options: [
          { id: BLANK, label: "are left out" },
          { id: "linear", label: "resized: numbers between" },
          { id: "paa", label: "resized: means of parts" },
        ],
      },
      {
        kind: "number",
        id: "length",
        label: "Length",
        help: "How many numbers a series has. 0 takes the length that most of them have.",
        default: 0,
        blank: "absent",
        min: 0,
        max: 1_000_000,
        step: 1,
        integer: true,
        advanced: true,
      },
    ],
  },
  { id: "textFiles", label: "all texts", help: "Every text file of a folder is an item.", fields: [folder] },
  {
    id: "textColumn",
    label: "texts in a table",
    help: "A column of a table holds the texts.",
    fields: [
      file,
      {
        kind: "text",
        id: "column",
        label: "Column",
        help: "The column with the texts.",
        default: "text",
        suggest: "columns",
      },
    ],
  },
];
