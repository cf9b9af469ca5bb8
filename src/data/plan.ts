// The block before any picture is read: items, labels, split and vocabulary, with everything that is odd about them.
import type { Problem } from "../base/problem";
import { createRng, shuffled } from "../base/rng";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { SlotName } from "../spec/dataReport";
import type { BlockPlan } from "./blockPlan";
import { findItems } from "./items";
import { labelItems } from "./labelers";
import type { FileIndex } from "./sources/fileIndex";
import { splitItems } from "./splitters";
import { TRAIN, UNUSED, VALID, type Split } from "./splitters/splitter";
import { checkLabels, checkSplit } from "./planChecks";
import type { Tables } from "./tables";
import { createVocab } from "./vocab";

export interface Planned {
  /** Null where a problem stands in the way. */
  readonly plan: BlockPlan | null;
  /** The slot that failed, if one did. */
  readonly failed: SlotName | null;
  readonly problems: ReadonlyMap<SlotName, readonly Problem[]>;
  /** Items before labels dropped some. */
  readonly found: number;
}

/** A seeded subset that keeps the order (fastai's `use_partial_data`). */
export function limitItems(count: number, limit: number | null, seed: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (limit === null || limit >= count) return all;
  return shuffled(all, createRng(seed, "limit"))
    .slice(0, limit)
    .sort((a, b) => a - b);
}

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
  const stopped = (failed: SlotName, found: number): Planned => ({ plan: null, failed, problems, found });

  add("source", ...index.info.problems);
  const items = await findItems(index, tables, recipe.data.items);
  if (!items.ok) {
    add("items", items.error);
    return stopped("items", 0);
  }
  add("items", ...items.value.problems);
  const found = items.value.files.length;

  const multi = recipe.task === "multiLabel";
  const labelled = await labelItems(recipe.data.labels, { index, tables, items: items.value, multi });
  if (!labelled.ok) {
    add("labels", labelled.error);
    return stopped("labels", found);
  }
  const known = new Set(items.value.problems.map(({ code }) => code));
  if (add("labels", ...labelled.value.problems.filter(({ code }) => !known.has(code)))) return stopped("labels", found);
  const withLabel = labelled.value.of.flatMap((labels, item) => (labels === null ? [] : [item]));
  const kept = limitItems(withLabel.length, recipe.data.limit, recipe.seed).map((i) => withLabel[i] as number);
  const files = Int32Array.from(kept, (item) => items.value.files[item] as number);
  const labels = kept.map((item) => labelled.value.of[item] as readonly string[]);
  const path = (item: number): string => index.paths[files[item] as number] as string;

  const split = splitItems(recipe.data.split, { count: files.length, path });
  const { single, unseen } = multi
    ? { single: [], unseen: [] }
    : settleSplit(split, labels, recipe.data.split.kind === "random");
  const vocab = createVocab(labels.filter((_, item) => (multi ? split[item] !== UNUSED : split[item] === TRAIN)));
  const plan: BlockPlan = { task: recipe.task, files, labels, split, vocab };
  if (single.length > 0) add("labels", problem("CLASS_ONE_SAMPLE", { items: single }));
  if (add("labels", ...checkLabels(plan))) return stopped("labels", found);
  if (unseen.length > 0) add("split", problem("CLASS_UNSEEN", { items: unseen }));
  if (add("split", ...checkSplit(plan, recipe, path))) return stopped("split", found);
  return { plan, failed: null, problems, found };
}
