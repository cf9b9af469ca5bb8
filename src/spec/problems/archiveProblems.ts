// Problems with archives; codes as in the corpus of bad inputs.
import type { ProblemEntry } from "./entry";

const choose = { label: "Choose other files", action: { do: "chooseFiles" } } as const;

export const ARCHIVE_PROBLEMS = {
  ZIP_BAD: {
    severity: "error",
    title: "The archive cannot be read.",
    detail: "It is damaged or not a zip file; nothing was changed.",
    mend: [choose],
  },
} as const satisfies Record<string, ProblemEntry>;
