// Labels a picture by another picture that says the class of each pixel.
import { FRAME_FIELD, templateFields } from "./fields";
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { LabelsOf } from "../../spec/labelsSpec";
import { findFile, linesOf, readText } from "../sources/readText";
import { maskValues } from "../targets/maskValues";
import { numberedClasses } from "../targets/numberedClasses";
import { itemPath, type LabelContext, type LabelerOf } from "./labeler";
import { templateFinder } from "./pathTemplate";

/** Numbers above this mean something else than a class. */
const MOST_CLASSES = 255;

/** The class names by number. */
async function codesOf(
  { codes, classes }: LabelsOf<"mask">,
  { index }: LabelContext,
): Promise<Result<string[], Problem>> {
  if (classes !== undefined && classes.length > 0) return ok([...classes]);
  const file = codes === "" ? -1 : findFile(index, codes);
  if (file < 0) return err(problem("CODES_MISSING", { items: codes === "" ? [] : [codes] }));
  const text = await readText(index, file);
  if (!text.ok) return text;
  const names = linesOf(text.value);
  if (names.length === 0) return err(problem("CODES_EMPTY", { items: [codes] }));
  return ok(names);
}

/** The problem with the list of names, with a button that goes on without one. */
async function withNumbers(
  told: Problem,
  spec: LabelsOf<"mask">,
  files: Int32Array,
  { index }: LabelContext,
): Promise<Problem> {
  if (told.code !== "CODES_MISSING" && told.code !== "CODES_EMPTY") return told;
  const found = await numberedClasses(index, files);
  if (found === null) return told;
  const { values: _values, ...rest } = spec;
  const value = { ...rest, codes: "", ...found };
  const label = `Go on with ${found.classes.length} numbered classes`;
  return { ...told, mend: [{ label, action: { do: "setRecipe", path: "data.labels", value } }, ...told.mend] };
}

/** The mask of each picture by its path. */
export const mask: LabelerOf<"mask"> = {
  id: "mask",
  label: "a mask for each picture",
  help: "A second picture says the class of each pixel by its number, and a list names the classes.",
  answers: "masks",
  fields: [
    ...templateFields("labels/{stem}_P{suffix}"),
    {
      kind: "text",
      id: "codes",
      label: "File of names",
      help: "A text file with one class name a line, in the order of the masks' numbers. Leave it empty to name them below.",
      default: "codes.txt",
      suggest: "files",
    },
    FRAME_FIELD,
  ],
  run: async (spec, context) => {
    const find = templateFinder(context.index, spec);
    const codes = await codesOf(spec, context);
    if (!codes.ok) {
      const files = Array.from(context.items.files, (_, item) => find(itemPath(context, item)));
      const there = Int32Array.from(files.filter((file) => file >= 0));
      return err(await withNumbers(codes.error, spec, there, context));
    }
    if (codes.value.length > MOST_CLASSES) return err(problem("CODES_MANY", { items: codes.value }));
    const doubles = codes.value.filter((name, i) => codes.value.indexOf(name) !== i);
    if (doubles.length > 0) return err(problem("CODES_TWICE", { items: doubles }));
    const missing: string[] = [];
    const of = Array.from(context.items.files, (_, item): number | null => {
      const path = itemPath(context, item);
      const file = find(path);
      if (file >= 0 && file !== context.items.files[item]) return file;
      missing.push(path);
      return null;
    });
    if (missing.length === of.length) return err(problem("MASK_NONE", { items: missing }));
    const problems = missing.length > 0 ? [problem("MASK_MISSING", { items: missing })] : [];
    return ok({
      answers: { kind: "masks", of, codes: codes.value, values: maskValues(codes.value.length, spec.values) },
      problems,
    });
  },
};
