// Splits by a regular expression: items whose path it finds validate.
import { ok } from "../../base/result";
import { compilePattern } from "../../spec/pattern";
import { TRAIN, VALID, type SplitterOf } from "./splitter";

export const byRegex: SplitterOf<"regex"> = {
  id: "regex",
  label: "a pattern in the path",
  help: "Items whose path fits the regular expression validate; all others train.",
  fields: [
    {
      kind: "text",
      id: "pattern",
      label: "Pattern",
      help: "For example _TEST finds every file with _TEST in its name.",
      default: "valid",
    },
  ],
  run: async (spec, { count, path }) => {
    const pattern = compilePattern(spec.pattern);
    if (!pattern.ok) return pattern;
    const split = Uint8Array.from({ length: count }, (_, item) => (pattern.value.test(path(item)) ? VALID : TRAIN));
    return ok({ split, problems: [] });
  },
};
