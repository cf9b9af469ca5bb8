// Labels an item by what a regular expression finds in its path.
import { ok } from "../../base/result";
import { compilePattern, groupOf } from "../../spec/pattern";
import { labelByPath, type LabelerOf } from "./labeler";

/** One label an item: the group `label`, or the first group (fastai's `label_from_re`). */
export const regex: LabelerOf<"regex"> = {
  id: "regex",
  label: "a pattern in the path",
  help: "A regular expression whose first group, or group called label, is the class. fast.ai's pets are labelled so.",
  answers: "labels",
  fields: [
    {
      kind: "text",
      id: "pattern",
      label: "Pattern",
      help: "For example ([^/]+)_\\d+\\.jpg$ takes beagle out of images/beagle_32.jpg.",
      default: "([^/]+)_\\d+\\.[^.]+$",
    },
    {
      kind: "choice",
      id: "on",
      label: "Looks at",
      help: "The whole path below the folder, or the file's name alone.",
      default: "path",
      options: [
        { id: "path", label: "the path" },
        { id: "name", label: "the name" },
      ],
    },
  ],
  run: async ({ pattern, on }, context) => {
    const compiled = compilePattern(pattern);
    if (!compiled.ok) return compiled;
    const text = (path: string): string => (on === "name" ? path.slice(path.lastIndexOf("/") + 1) : path);
    return ok(labelByPath(context, (path) => groupOf(compiled.value.exec(text(path)), "label")));
  },
};
