// Problems with what was dropped, with labels and with splits.
import type { ProblemEntry } from "./entry";

const choose = { label: "Choose other files", action: { do: "chooseFiles" } } as const;
const sample = { label: "Try a sample instead", action: { do: "trySample", id: "shapes" } } as const;
const openData = { label: "Look at the data", action: { do: "openScreen", screen: "data" } } as const;
const showItems = { label: "Show them", action: { do: "showItems" } } as const;

export const DATA_PROBLEMS = {
  SOURCE_EMPTY: {
    severity: "error",
    title: "There are no files in there.",
    detail: "Nothing was changed: drop a folder that holds your pictures.",
    mend: [choose, sample],
  },
  SOURCE_STOPPED: {
    severity: "note",
    title: "Opening was stopped.",
    detail: "What was open before is still open.",
    mend: [choose],
  },
  SOURCE_NO_IMAGES: {
    severity: "error",
    title: "No pictures were found.",
    detail: "Glasshouse looked for JPEG, PNG, WebP, AVIF, GIF and BMP files in every subfolder.",
    mend: [choose, sample],
  },
  SOURCE_TEXTS: {
    severity: "error",
    title: "These are texts without labels.",
    detail:
      "Texts are read where each class has a folder of its own, or where a table has a column of labels; models that learn from text alone are not trained in this page.",
    mend: [choose, sample],
  },
  SOURCE_GONE: {
    severity: "error",
    title: "The folder cannot be reached any more.",
    detail: "It was moved, renamed or unplugged; what was already read is kept.",
    mend: [{ label: "Reconnect the folder", action: { do: "reconnect" } }, choose],
  },
  SOURCE_CHANGED: {
    severity: "warning",
    title: "Some files changed while they were being read.",
    detail: "They are left out of this run; everything else is used.",
    mend: [showItems],
  },
  SOURCE_FILE_GONE: {
    severity: "warning",
    title: "Some files are gone.",
    detail: "They were moved, deleted or unplugged since they were found; everything else is used.",
    mend: [{ label: "Reconnect the folder", action: { do: "reconnect" } }, showItems],
  },
  SOURCE_FOLDER_CLOSED: {
    severity: "warning",
    title: "Some folders could not be opened.",
    detail: "They are passed over; everything else is used.",
    mend: [showItems],
  },
  SOURCE_JUNK: {
    severity: "note",
    title: "Hidden and system files were passed over.",
    detail: "Such as .DS_Store and Thumbs.db; they are no pictures.",
    mend: [],
  },
  SOURCE_KEPT: {
    severity: "note",
    title: "The files themselves are not at hand.",
    detail: "Training goes on from the pictures that were kept; reconnect the folder to change anything.",
    mend: [{ label: "Reconnect the folder", action: { do: "reconnect" } }],
  },
  ITEMS_NONE: {
    severity: "error",
    title: "No picture fits the recipe.",
    detail: "The folder or table it names holds none of these pictures.",
    mend: [openData, choose],
  },
  ITEMS_UNREADABLE: {
    severity: "error",
    title: "None of the pictures could be read.",
    detail: "The list says why for each of them.",
    mend: [showItems, choose],
  },
  SOURCE_MISSING: {
    severity: "error",
    title: "There is no data yet.",
    detail: "Drop a folder of pictures, or begin with a sample.",
    mend: [choose, sample],
  },
  CLASS_ONE: {
    severity: "error",
    title: "Everything has the same label.",
    detail: "A classifier needs at least two classes to tell apart.",
    mend: [choose, openData],
  },
  CLASS_ONE_SAMPLE: {
    severity: "warning",
    title: "Some classes have a single picture.",
    detail: "It stays in the training set, so nothing can be said about how well that class is recognised.",
    mend: [showItems],
  },
  CLASS_UNSEEN: {
    severity: "warning",
    title: "Some labels occur only in the validation set.",
    detail: "The model cannot learn them, so those items are left out of validation.",
    mend: [showItems],
  },
  LABEL_MISSING: {
    severity: "warning",
    title: "Some pictures have no label.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  LABEL_TOO_LONG: {
    severity: "error",
    title: "Some labels are longer than 500 letters.",
    detail: "That is likely a text column, not a label; choose another column.",
    mend: [openData],
  },
  LABEL_NONE: {
    severity: "error",
    title: "No picture has a label.",
    detail: "There is nothing to learn from; choose another way to label.",
    mend: [openData, choose],
  },
  LABEL_LOOKALIKE: {
    severity: "warning",
    title: "Some labels look alike but are spelled differently.",
    detail: "They are treated as different classes.",
    mend: [showItems],
  },
  SPLIT_NO_VALID: {
    severity: "warning",
    title: "There is no validation set.",
    detail: "Training works, but no accuracy can be reported.",
    mend: [
      {
        label: "Hold out 20 %",
        action: { do: "setRecipe", path: "data.split", value: { kind: "random", valid: 0.2, seed: 42 } },
      },
    ],
  },
  SPLIT_UNUSED: {
    severity: "note",
    title: "Some pictures are in neither of the two folders.",
    detail: "They are left out of training and of validation.",
    mend: [showItems],
  },
  SPLIT_NO_TRAIN: {
    severity: "error",
    title: "No picture is left to train on.",
    detail: "The split puts everything into the validation set.",
    mend: [
      {
        label: "Hold out 20 %",
        action: { do: "setRecipe", path: "data.split", value: { kind: "random", valid: 0.2, seed: 42 } },
      },
    ],
  },
  TRANSFORM_NONE: {
    severity: "error",
    title: "The pictures have no common size.",
    detail: "All pictures of a batch must be of one size: add a resize.",
    mend: [
      {
        label: "Resize to 64 pixels",
        action: { do: "setRecipe", path: "data.transforms", value: [{ kind: "resize", size: 64, method: "crop" }] },
      },
    ],
  },
  TRANSFORM_FIELDS: {
    severity: "error",
    title: "A transform has a value that does not fit.",
    detail: "Change it in the form.",
    mend: [openData],
  },
  BATCH_TOO_LARGE: {
    severity: "error",
    title: "The batch is larger than the training set.",
    detail: "Training steps take whole batches, so there would be no step at all.",
    mend: [],
  },
} as const satisfies Record<string, ProblemEntry>;
