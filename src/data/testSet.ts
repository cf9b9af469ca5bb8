// Pictures without answers, prepared exactly as the validation set of a recipe is: for predictions on a test set.
import { ProblemError } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import type { SkippedItem } from "../spec/dataReport";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import { chainAugments } from "./augment";
import type { DataLoader } from "./batch";
import type { BlockPlan, PlanTargets } from "./blockPlan";
import { targetsOf } from "./blocks";
import { createDataLoader } from "./dataLoader";
import { createDataset } from "./dataset";
import { decodeAll } from "./decodeAll";
import type { Decoder } from "./decode/decoder";
import type { Stats } from "./normalize";
import { createPixelCache, DEFAULT_BUDGET } from "./pixelCache";
import { sequential } from "./sampler";
import type { FileIndex } from "./sources/fileIndex";
import { VALID } from "./splitters/splitter";
import { keptTargetBytes, targetJobs } from "./targets/targetJobs";
import { chainTransforms } from "./transforms";
import { vocabOf } from "./vocab";

export interface TestSet {
  readonly loader: DataLoader;
  readonly path: (item: number) => string;
  readonly skipped: readonly SkippedItem[];
}

export interface TestSetOptions {
  readonly index: FileIndex;
  readonly recipe: Recipe;
  readonly vocab: readonly string[];
  readonly stats: Stats;
  readonly decoder: Decoder;
  readonly onProgress: (done: number, total: number) => void;
}

/** Answers that stand for none. */
function noAnswers({ task }: Recipe, count: number, vocab: readonly string[]): PlanTargets {
  const zeros = (width: number): Float32Array[] => Array.from({ length: count }, () => new Float32Array(width));
  if (task === "regression") return { kind: "values", of: zeros(vocab.length) };
  return task === "points" ? { kind: "points", of: zeros(2 * vocab.length) } : { kind: "labels" };
}

/** Every picture of the index in its order; unreadable ones are left out by name. */
export async function openTestSet(options: TestSetOptions): Promise<Result<TestSet, Problem>> {
  const { index, recipe, vocab, stats, decoder, onProgress } = options;
  const { transforms, augment, batchSize } = recipe.data;
  if (recipe.task === "segmentation" || (recipe.data.items.kind !== "files" && recipe.data.items.kind !== "csvColumn"))
    return err(problem("TEST_TASK"));
  const [chain, augments] = [chainTransforms(transforms), chainAugments(augment, recipe.seed, recipe.task)];
  if (!chain.ok) return chain;
  if (!augments.ok) return augments;
  const files = index.images;
  const count = files.length;
  const path = (item: number): string => index.paths[files[item] as number] as string;
  const plan: BlockPlan = {
    ...{ task: recipe.task, files, path, series: null, texts: null },
    labels: Array.from({ length: count }, () => []),
    split: new Uint8Array(count).fill(VALID),
    vocab: vocabOf(vocab),
    targets: noAnswers(recipe, count, vocab),
  };
  const shape = [chain.value.height, chain.value.width, recipe.data.channels ?? 3] as const;
  const targetBytes = keptTargetBytes(plan, shape);
  const recordBytes = shape[0] * shape[1] * shape[2] + targetBytes;
  const cache = createPixelCache({ records: count, recordBytes, budget: DEFAULT_BUDGET, file: null });
  const target = targetJobs(index, plan);
  const { range } = recipe.data;
  const dataset = createDataset({ index, files, path, series: null, shape, transforms, range, decoder, cache, targetBytes, target }); // prettier-ignore
  const all = Array.from({ length: count }, (_, item) => item);
  try {
    const outcome = await decodeAll(dataset, all, {
      parallel: decoder.parallel,
      earlier: null,
      onProgress: ({ done, total }) => onProgress(done, total),
      signal: undefined,
    });
    const gone = new Set(outcome.skipped.map(({ item }) => item));
    const items = all.filter((item) => !gone.has(item));
    if (items.length === 0) return err(problem("ITEMS_UNREADABLE", { items: all.map(path) }));
    const loader = createDataLoader({
      ...{ dataset, targets: targetsOf(plan, [shape[0], shape[1]]), batchSize, stats },
      ...{ items: items.length, sampler: sequential(items), augment: augments.value, view: "valid", dropLast: false },
    });
    return ok({ loader, path, skipped: outcome.skipped });
  } catch (thrown) {
    if (thrown instanceof ProblemError) return err(thrown.problem);
    throw thrown;
  }
}
