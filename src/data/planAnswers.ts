// From a labeler's answers to what a plan keeps of them.
import type { Problem } from "../base/problem";
import { problem } from "../spec/problems";
import type { Recipe, Task } from "../spec/recipe";
import type { PlanTargets } from "./blockPlan";
import type { Answers, ItemLabels, Labels } from "./labelers/labeler";
import { numberOfCell } from "./labelers/numberColumns";

/** What each task's items are answered with. */
export const ANSWERS: Readonly<Record<Task, Answers["kind"]>> = {
  singleLabel: "labels",
  multiLabel: "labels",
  segmentation: "masks",
  points: "points",
  regression: "values",
};

const TASK_OF: Readonly<Record<Answers["kind"], Task>> = {
  labels: "singleLabel",
  masks: "segmentation",
  points: "points",
  values: "regression",
};

/** The labels give another kind of answer than the task wants; the button takes the task that fits. */
export function taskProblem(kind: Answers["kind"]): Problem {
  const value = TASK_OF[kind];
  return problem("LABELS_TASK", {
    mend: [{ label: "Take the task that fits", action: { do: "setRecipe", path: "task", value } }],
  });
}

/** Names that are numbers, such as an age in a file's name, as the numbers they are; null where no name is one. */
export function numbersOf(answers: Answers, path: (item: number) => string): Labels | null {
  if (answers.kind !== "labels") return null;
  const words: string[] = [];
  const of = answers.of.map((names, item): Float32Array | null => {
    if (names === null) return null;
    const value = names.length === 1 ? numberOfCell(names[0] as string) : Number.NaN;
    if (!Number.isNaN(value)) return Float32Array.of(value);
    words.push(path(item));
    return null;
  });
  if (of.every((one) => one === null)) return null;
  const problems = words.length > 0 ? [problem("TABLE_NUMBERS", { items: words })] : [];
  return { answers: { kind: "values", of, names: ["value"] }, problems };
}

/** The answers of the kept items, none of which is null. */
export function targetsOf(answers: Answers, kept: readonly number[]): PlanTargets {
  if (answers.kind === "labels") return { kind: "labels" };
  if (answers.kind === "masks") {
    const { kind, of, values, odd } = answers;
    return { kind, files: Int32Array.from(kept, (item) => of[item] ?? -1), values, odd };
  }
  return { kind: answers.kind, of: kept.map((item) => answers.of[item] as Float32Array) };
}

/** What is shown as an item's labels. */
export function shownLabels(answers: Answers, item: number): readonly string[] {
  if (answers.kind === "labels") return answers.of[item] ?? [];
  if (answers.kind !== "values") return [];
  return Array.from(answers.of[item] ?? [], (value) => String(Number(value.toPrecision(6))));
}

/** The labels with the recipe's new names, and without those that do not count; what has none left is left out. */
export function editLabels(answers: Answers, edits: Recipe["data"]["classes"]): Answers {
  if (answers.kind !== "labels" || edits === undefined) return answers;
  const renamed = new Map(edits.rename.map(({ from, to }) => [from, to]));
  const excluded = new Set(edits.exclude);
  const edit = (own: ItemLabels | null): ItemLabels | null => {
    if (own === null || own.length === 0) return own;
    const kept = own.filter((label) => !excluded.has(label)).map((label) => renamed.get(label) ?? label);
    return kept.length === 0 ? null : [...new Set(kept)].sort();
  };
  return { kind: "labels", of: answers.of.map(edit) };
}
