// The block before any picture is read: items, labels, split and vocabulary, with everything that is odd about them.
import type { Problem } from "../base/problem";
import { err, ok } from "../base/result";
import { createRng, shuffled } from "../base/rng";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { MaskValue, SlotName } from "../spec/dataReport";
import type { BlockPlan } from "./blockPlan";
import { findItems } from "./items";
import { labelItems } from "./labelers";
import { rowsOfItems } from "./labelers/tableRows";
import { ANSWERS, editLabels, numbersOf, shownLabels, targetsOf, taskProblem } from "./planAnswers";
import type { FileIndex } from "./sources/fileIndex";
import { splitItems } from "./splitters";
import { TRAIN, UNUSED, VALID, type Split, type SplitContext } from "./splitters/splitter";
import { checkLabels, checkMirrors, checkScales, checkSplit } from "./planChecks";
import type { Tables } from "./tables";
import { coloursMend, maskProblems } from "./targets/maskProblems";
import { peekMasks } from "./targets/peekMasks";
import { peekSizes } from "./targets/peekSizes";
import { createVocab, vocabOf } from "./vocab";

export interface Planned {
  /** Null where a problem stands in the way. */
  readonly plan: BlockPlan | null;
  /** The slot that failed, if one did. */
  readonly failed: SlotName | null;
  readonly problems: ReadonlyMap<SlotName, readonly Problem[]>;
  /** Items before labels dropped some. */
  readonly found: number;
  readonly maskValues: readonly MaskValue[];
}

/** A seeded subset that keeps the order (fastai's `use_partial_data`). */
export function limitItems(count: number, limit: number | null, seed: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (limit === null || limit >= count) return all;
  return shuffled(all, createRng(seed, "limit"))
    .slice(0, limit)
    .sort((a, b) => a - b);
}

/** Splits whose items are drawn, so that one of them may as well be in the other set. */
const MOVABLE: ReadonlySet<string> = new Set(["random", "stratified", "kFold"]);

/**
 * Classes with a single picture train (where the split is ours to move); single-label validation items of classes that
 * do not train are left out.
 */
function settleSplit(
  split: Split,
  labels: readonly (readonly string[])[],
  movable: boolean,
): { single: string[]; unseen: string[] } {
  const counts = new Map<string, number>();
  for (const [item, own] of labels.entries())
    if (split[item] !== UNUSED) for (const label of own) counts.set(label, (counts.get(label) ?? 0) + 1);
  const single = [...counts].filter(([, count]) => count === 1).map(([label]) => label);
  const alone = new Set(movable ? single : []);
  const trained = new Set<string>();
  for (const [item, own] of labels.entries()) {
    if (split[item] === VALID && alone.has(own[0] ?? "")) split[item] = TRAIN;
    if (split[item] === TRAIN) for (const label of own) trained.add(label);
  }
  const unseen = new Set<string>();
  for (const [item, own] of labels.entries())
    if (split[item] === VALID && own.some((label) => !trained.has(label))) {
      split[item] = UNUSED;
      for (const label of own) unseen.add(label);
    }
  return { single, unseen: [...unseen] };
}

/** Everything that can be known about the recipe's block from names and tables alone. */
export async function planBlock(index: FileIndex, tables: Tables, recipe: Recipe): Promise<Planned> {
  const problems = new Map<SlotName, Problem[]>();
  const add = (slot: SlotName, ...some: readonly Problem[]): boolean => {
    problems.set(slot, [...(problems.get(slot) ?? []), ...some]);
    return some.some(({ severity }) => severity === "error");
  };
  const stopped = (failed: SlotName, found: number): Planned => ({
    plan: null,
    failed,
    problems,
    found,
    maskValues: [],
  });

  add("source", ...index.info.problems);
  const items = await findItems(index, tables, recipe.data.items);
  if (!items.ok) {
    add("items", items.error);
    return stopped("items", 0);
  }
  add("items", ...items.value.problems);
  const found = items.value.files.length;

  const multi = recipe.task === "multiLabel";
  const context = { index, tables, items: items.value, multi };
  const labelled = await labelItems(recipe.data.labels, context);
  if (!labelled.ok) {
    add("labels", labelled.error);
    return stopped("labels", found);
  }
  const known = new Set(items.value.problems.map(({ code }) => code));
  if (add("labels", ...labelled.value.problems.filter(({ code }) => !known.has(code)))) return stopped("labels", found);
  const edited = editLabels(labelled.value.answers, recipe.data.classes);
  const numbers = recipe.task === "regression" ? numbersOf(edited, items.value.path) : null;
  if (numbers !== null) add("labels", ...numbers.problems);
  const answers = numbers?.answers ?? edited;
  if (answers.kind !== ANSWERS[recipe.task]) {
    add("labels", taskProblem(answers.kind));
    return stopped("labels", found);
  }
  const withLabel = answers.of.flatMap((one, item) => (one === null ? [] : [item]));
  const kept = limitItems(withLabel.length, recipe.data.limit, recipe.seed).map((i) => withLabel[i] as number);
  const files = Int32Array.from(kept, (item) => items.value.files[item] as number);
  const labels = kept.map((item) => shownLabels(answers, item));
  const path = (item: number): string => items.value.path(kept[item] as number);

  const cells: SplitContext["cells"] = async (spec) => {
    const rows = await rowsOfItems(spec, context);
    if (!rows.ok) return rows;
    const column = rows.value.table.columns.indexOf(spec.column);
    if (column < 0) return err(problem("CSV_COLUMN", { items: [spec.column] }));
    return ok(kept.map((item) => rows.value.table.rows[rows.value.rows[item]?.[0] ?? -1]?.[column] ?? null));
  };
  const count = files.length;
  const splitContext = { count, path, index, labels: (item: number) => labels[item] ?? [], cells };
  const parts = await splitItems(recipe.data.split, splitContext);
  if (!parts.ok) {
    add("split", parts.error);
    return stopped("split", found);
  }
  add("split", ...parts.value.problems);
  const { split } = parts.value;
  const { single, unseen } =
    recipe.task === "singleLabel"
      ? settleSplit(split, labels, MOVABLE.has(recipe.data.split.kind))
      : { single: [], unseen: [] };
  const vocab =
    answers.kind === "labels"
      ? createVocab(labels.filter((_, item) => (multi ? split[item] !== UNUSED : split[item] === TRAIN)))
      : vocabOf(answers.kind === "masks" ? answers.codes : answers.names);
  const { series, texts } = items.value;
  const plan: BlockPlan = {
    task: recipe.task,
    files,
    path,
    series: series && kept.map((item) => series.values[item] as Float32Array),
    texts: texts && ((item) => texts(kept[item] as number)),
    ...{ labels, split, vocab },
    targets: targetsOf(answers, kept),
  };
  if (single.length > 0) add("labels", problem("CLASS_ONE_SAMPLE", { items: single }));
  if (add("labels", ...checkLabels(plan))) return stopped("labels", found);
  add("labels", ...checkScales(plan, recipe));
  if (unseen.length > 0) add("split", problem("CLASS_UNSEEN", { items: unseen }));
  if (add("split", ...checkSplit(plan, recipe, path))) return stopped("split", found);
  add("transforms", ...checkMirrors(plan, recipe));
  const { targets } = plan;
  const maskValues =
    targets.kind === "masks"
      ? await peekMasks(
          index,
          targets.files.filter((file) => file >= 0),
          targets.values,
        )
      : [];
  const own = recipe.data.labels;
  if (own.kind === "mask") {
    const colours = await coloursMend(index, maskValues, own);
    add("labels", ...maskProblems(maskValues, vocab.names, own.values ?? [], colours));
    add("labels", ...(await peekSizes(index, plan)));
  }
  return { plan, failed: null, problems, found, maskValues };
}
