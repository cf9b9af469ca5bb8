// Fields that several labelers and splitters have in common.
import { BLANK, type BlockField } from "../../spec/blockFields";

/** Items with a table of their own need no other one. */
const ITEMS_ARE_FILES = [{ field: "@items", is: ["files", "textFiles", "series"] }] as const;

/** A table besides the one of the items. */
export const TABLE_FIELDS: readonly BlockField[] = [
  {
    kind: "text",
    id: "file",
    label: "Table",
    help: "The table, where the items are files; otherwise it is the table of the items.",
    default: "",
    blank: "absent",
    suggest: "files",
    when: ITEMS_ARE_FILES,
  },
  {
    kind: "text",
    id: "nameColumn",
    label: "Names in",
    help: "The column with the names of the pictures; the first one where this is empty.",
    default: "",
    blank: "absent",
    suggest: "columns",
    when: ITEMS_ARE_FILES,
  },
];

/** The path of the file that belongs to a picture. */
export function templateFields(example: string, strip = ""): readonly BlockField[] {
  return [
    {
      kind: "text",
      id: "template",
      label: "Path",
      help: "Where the file of a picture lies: {stem} is the picture's name without its ending, {suffix} the ending, {folder} its folder's path and {parent} its folder's name.",
      default: example,
    },
    {
      kind: "text",
      id: "strip",
      label: "Without",
      help: "What is taken off the end of the stem first, for example _rgb.",
      default: strip,
      blank: "absent",
      advanced: true,
    },
  ];
}

/** What masks and points lie on where a camera was held askew. */
export const FRAME_FIELD: BlockField = {
  kind: "choice",
  id: "frame",
  label: "Turned pictures",
  help: "A camera held askew stores its picture as it came and notes how to turn it (EXIF). The page turns it upright. Tools that show pictures do so too; PIL, and so fastai, reads it as it is stored, and what was measured there lies on the stored picture. Predictions are written for the same one.",
  default: BLANK,
  blank: "absent",
  advanced: true,
  options: [
    { id: BLANK, label: "not said: upright" },
    { id: "upright", label: "on the upright picture" },
    { id: "stored", label: "on the stored picture" },
  ],
};

/** Which coordinate comes first. */
export const ORDER_FIELD: BlockField = {
  kind: "choice",
  id: "order",
  label: "Order",
  help: "Whether x (to the right) or y (down) comes first.",
  default: "xy",
  options: [
    { id: "xy", label: "x, y" },
    { id: "yx", label: "y, x" },
  ],
};
