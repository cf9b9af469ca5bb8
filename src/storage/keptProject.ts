// The kept project document: read with care, never overwritten by an older tab, put aside when unreadable.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import { checkRecipe } from "../spec/parseRecipe";
import { problem } from "../spec/problems";
import type { ProjectDoc } from "../spec/project";
import type { Records } from "./records";

export interface KeptProject {
  /** The kept document; problems say what was put aside. */
  open(): Promise<{ readonly project: ProjectDoc | null; readonly problems: readonly Problem[] }>;
  /** Refuses when another tab has saved since; answers the sequence number of the save. */
  save(project: ProjectDoc): Promise<Result<{ readonly sequence: number }, Problem>>;
  remove(): Promise<void>;
}

const KEY = "project";

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isRun = (run: unknown): boolean =>
  isObject(run) &&
  isObject(run["summary"]) &&
  typeof run["summary"]["runId"] === "string" &&
  Array.isArray(run["rows"]) &&
  Array.isArray(run["lrFinds"]) &&
  checkRecipe(run["summary"]["recipe"]).ok;

/** The document when all of it can be used; why not otherwise. */
export function checkProject(value: unknown): Result<ProjectDoc, Problem> {
  if (!isObject(value)) return err(problem("PROJECT_UNREADABLE"));
  if (typeof value["version"] === "number" && value["version"] > 1) return err(problem("PROJECT_NEWER"));
  const { version, id, recipe, settled, runs, currentRun, sequence } = value;
  const plain = version === 1 && typeof id === "string" && typeof settled === "boolean";
  const numbered = Number.isSafeInteger(sequence) && (currentRun === null || typeof currentRun === "string");
  const checked = checkRecipe(recipe);
  if (!plain || !numbered || !checked.ok || !Array.isArray(runs)) return err(problem("PROJECT_UNREADABLE"));
  const good = runs.filter(isRun) as ProjectDoc["runs"];
  return ok({
    version: 1,
    id,
    recipe: checked.value,
    settled,
    runs: good,
    currentRun: currentRun as string | null,
    sequence: sequence as number,
  });
}

/** The project in a set of records. */
export function keptProject(records: Records): KeptProject {
  let seen = 0;
  const sequenceOf = (value: unknown): number =>
    isObject(value) && typeof value["sequence"] === "number" ? value["sequence"] : 0;

  const putAside = async (value: unknown): Promise<void> => {
    const taken = (await records.keys()).filter((key) => key.startsWith("quarantine/")).length;
    await records.put(`quarantine/${taken + 1}`, value);
    await records.remove(KEY);
  };

  return {
    async open() {
      const value = await records.get(KEY);
      if (value === undefined) return { project: null, problems: [] };
      const checked = checkProject(value);
      seen = sequenceOf(value);
      if (checked.ok) return { project: checked.value, problems: [] };
      const text = JSON.stringify(value, null, 2) ?? "";
      const download = { label: "Download it", action: { do: "download", name: "project.json", text } } as const;
      const told = { ...checked.error, mend: [download, ...checked.error.mend] };
      if (checked.error.code === "PROJECT_NEWER") return { project: null, problems: [told] };
      await putAside(value);
      seen = 0;
      return { project: null, problems: [told] };
    },
    async save(project) {
      try {
        const kept = await records.get(KEY);
        if (isObject(kept) && typeof kept["version"] === "number" && kept["version"] > 1)
          return err(problem("PROJECT_NEWER"));
        if (sequenceOf(kept) > seen) return err(problem("PROJECT_OTHER_TAB"));
        const sequence = Math.max(seen, project.sequence) + 1;
        await records.put(KEY, { ...project, sequence });
        seen = sequence;
        return ok({ sequence });
      } catch (error) {
        const full = error instanceof DOMException && error.name === "QuotaExceededError";
        return err(problem(full ? "STORAGE_FULL" : "STORAGE_FAILED", { debug: String(error) }));
      }
    },
    async remove() {
      seen = 0;
      await records.remove(KEY);
    },
  };
}
