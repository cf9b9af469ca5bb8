// Problems with recipes, links and weight files.
import type { ProblemEntry } from "./entry";

const dismiss = { label: "Keep what I have", action: { do: "dismiss" } } as const;

export const RECIPE_PROBLEMS = {
  RECIPE_JSON: {
    severity: "error",
    title: "The recipe is not valid JSON.",
    detail: "Nothing was changed.",
    mend: [dismiss],
  },
  RECIPE_TOO_LARGE: {
    severity: "error",
    title: "The recipe is larger than 256 kB.",
    detail: "Recipes are small; nothing was changed.",
    mend: [dismiss],
  },
  RECIPE_FIELDS: {
    severity: "error",
    title: "Some fields of the recipe do not fit.",
    detail: "Nothing was changed.",
    mend: [dismiss],
  },
  RECIPE_NEWER: {
    severity: "error",
    title: "The recipe comes from a newer Glasshouse.",
    detail: "It is left as it is; reload the page to get the newest version.",
    mend: [dismiss],
  },
  RECIPE_UNKNOWN: {
    severity: "error",
    title: "There is no built-in recipe of that name.",
    detail: "Give a file, or one of the names listed.",
    mend: [dismiss],
  },
  LINK_CUT: {
    severity: "error",
    title: "The link looks cut off.",
    detail: "The recipe in it cannot be read; ask for the link again.",
    mend: [dismiss],
  },
  WEIGHTS_FIT: {
    severity: "error",
    title: "The weights do not fit this model.",
    detail: "Names or shapes differ; nothing was changed.",
    mend: [{ label: "Open the model", action: { do: "openScreen", screen: "model" } }, dismiss],
  },
  WEIGHTS_NOT_FINITE: {
    severity: "error",
    title: "The weights hold values that are not numbers.",
    detail: "A model with NaN or infinity cannot be trained; nothing was changed.",
    mend: [{ label: "Keep what I have", action: { do: "dismiss" } }],
  },
  WEIGHTS_PREPROCESSING: {
    severity: "note",
    title: "The normalisation was set to that of the weights.",
    detail: "Weights see best what is prepared as it was when they were trained.",
    mend: [dismiss],
  },
  WEIGHTS_NORMALIZE: {
    severity: "warning",
    title: "The pictures are normalised otherwise than the weights expect.",
    detail: "Training works, but begins worse than it could.",
    mend: [dismiss],
  },
} as const satisfies Record<string, ProblemEntry>;
