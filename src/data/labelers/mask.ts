// Labels a picture by another picture that says the class of each pixel.
import { BLANK } from "../../spec/blockFields";
import { FRAME_FIELD, templateFields } from "./fields";
import type { Mend, Problem } from "../../base/problem";
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

/** Names of the class that is everywhere where nothing is; not of pixels that nobody could label. */
const BACKGROUND = /^(back[ _-]?ground|bg|nothing|none|empty|class 0)$/i;

/** Pictures without a mask: unknown, or of nothing but background where masks were saved of finds alone. */
function missingProblem(
  spec: LabelsOf<"mask">,
  codes: readonly string[],
  items: string[],
  blank: number | null,
): Problem {
  const showItems: Mend = { label: "Show them", action: { do: "showItems" } };
  if (blank !== null) {
    const { missing: _class, ...value } = spec;
    const leave: Mend = { label: "Leave them out", action: { do: "setRecipe", path: "data.labels", value } };
    const detail = `Each of their pixels counts as “${codes[blank]}”.`;
    return problem("MASK_BLANK", { items, detail, mend: [leave, showItems] });
  }
  const background = codes.find((name) => BACKGROUND.test(name));
  const fill: Mend[] = background === undefined ? [] : [
    {
      label: `They show only “${background}”`,
      action: { do: "setRecipe", path: "data.labels.missing", value: background },
    },
  ];
  const wrong = spec.missing === undefined ? {} : { detail: `No class is called “${spec.missing}”, so they are left out.` };
  return problem("MASK_MISSING", { items, ...wrong, mend: [...fill, showItems] });
} // prettier-ignore

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
    {
      kind: "text",
      id: "missing",
      label: "Without a mask",
      help: "The class of a picture that has no mask, such as background where masks were only saved of pictures with something on them. Leave it empty to leave such pictures out.",
      default: "",
      blank: "absent",
      advanced: true,
    },
    {
      kind: "choice",
      id: "otherSizes",
      label: "Other sizes",
      help: "What happens where a mask is smaller or larger than its picture. Scaled, each pixel takes the class of the nearest one in the mask; classes are never blended.",
      default: BLANK,
      blank: "absent",
      advanced: true,
      options: [
        { id: BLANK, label: "are left out" },
        { id: "nearest", label: "are scaled to the picture" },
      ],
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
    const named = spec.missing === undefined ? -1 : codes.value.indexOf(spec.missing);
    const blank = named < 0 ? null : named;
    const missing: string[] = [];
    const of = Array.from(context.items.files, (_, item): number | null => {
      const path = itemPath(context, item);
      const file = find(path);
      if (file >= 0 && file !== context.items.files[item]) return file;
      missing.push(path);
      return blank === null ? null : -1;
    });
    if (missing.length === of.length) return err(problem("MASK_NONE", { items: missing }));
    const values = maskValues(codes.value.length, spec.values);
    return ok({
      answers: { kind: "masks", of, codes: codes.value, values, odd: { scaled: spec.otherSizes !== undefined, blank } },
      problems: missing.length > 0 ? [missingProblem(spec, codes.value, missing, blank)] : [],
    });
  },
};
