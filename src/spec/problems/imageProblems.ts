// Problems with single image files; codes as in the corpus of bad inputs.
import type { ProblemEntry } from "./entry";

const showItems = { label: "Show them", action: { do: "showItems" } } as const;

export const IMAGE_PROBLEMS = {
  IMG_EMPTY: {
    severity: "warning",
    title: "Some picture files are empty.",
    detail: "They are left out; everything else is used.",
    mend: [showItems],
  },
  IMG_TRUNCATED: {
    severity: "warning",
    title: "Some pictures are cut off.",
    detail: "The files end too early and are left out.",
    mend: [showItems],
  },
  IMG_DECODE: {
    severity: "warning",
    title: "Some pictures cannot be decoded.",
    detail: "The files are damaged and are left out.",
    mend: [showItems],
  },
  IMG_NOT_IMAGE: {
    severity: "warning",
    title: "Some files are not pictures.",
    detail: "Their name says picture, their content does not; they are left out.",
    mend: [showItems],
  },
  IMG_TOO_LARGE: {
    severity: "warning",
    title: "Some pictures are too large.",
    detail: "More than 64 million pixels would fill the memory; they are left out.",
    mend: [showItems],
  },
} as const satisfies Record<string, ProblemEntry>;
