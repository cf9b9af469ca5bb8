// Splits by a text file that names the validation items, one a line (fastai's `split_by_fname_file`).
import { err, ok } from "../../base/result";
import { problem } from "../../spec/problems";
import { findFile, linesOf, readText } from "../sources/readText";
import { TRAIN, VALID, type SplitterOf } from "./splitter";

const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const stemOf = (name: string): string => name.replace(/\.[^.]*$/, "");

/** Whole paths, file names, and names without their ending count. */
export const listFile: SplitterOf<"listFile"> = {
  id: "listFile",
  label: "a list of names",
  help: "A text file names the validation items, one a line; all others train.",
  fields: [{ kind: "text", id: "file", label: "List", help: "The text file.", default: "valid.txt", suggest: "files" }],
  run: async (spec, { count, path, index }) => {
    const file = findFile(index, spec.file);
    if (file < 0) return err(problem("LIST_MISSING", { items: [spec.file] }));
    const text = await readText(index, file);
    if (!text.ok) return text;
    const listed = new Set(linesOf(text.value).map((line) => line.replaceAll("\\", "/").replace(/^(\.\/)+/, "")));
    const met = new Set<string>();
    const split = new Uint8Array(count);
    for (let item = 0; item < count; item += 1) {
      const own = path(item);
      const name = nameOf(own);
      const entry = [own, name, stemOf(name)].find((one) => listed.has(one));
      split[item] = entry === undefined ? TRAIN : VALID;
      if (entry !== undefined) met.add(entry);
    }
    const unmatched = [...listed].filter((line) => !met.has(line));
    return ok({ split, problems: unmatched.length > 0 ? [problem("LIST_UNMATCHED", { items: unmatched })] : [] });
  },
};
