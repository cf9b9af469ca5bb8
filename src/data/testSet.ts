// Pictures without answers, prepared exactly as the validation set of a recipe is: for predictions on a test set.
import { ProblemError } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import type { SkippedItem } from "../spec/dataReport";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import { chainAugments } from "./augment";
import { drawnFrame } from "./augment/draw";
import type { DataLoader } from "./batch";
import type { BlockPlan, PlanTargets } from "./blockPlan";
import { targetsOf } from "./blocks";
import { createDataLoader } from "./dataLoader";
import { createDataset } from "./dataset";
import { decodeAll } from "./decodeAll";
import type { Decoder } from "./decode/decoder";
import type { Stats } from "./normalize";
import { maskOfFile } from "./maskFiles";
import { asSeen } from "./preview";
import { createPixelCache, DEFAULT_BUDGET } from "./pixelCache";
import { sequential } from "./sampler";
import { seriesItems } from "./seriesItems";
import type { FileIndex } from "./sources/fileIndex";
import { VALID } from "./splitters/splitter";
import { frameOf, keptTargetBytes, targetJobs } from "./targets/targetJobs";
import { chainTransforms } from "./transforms";
import { keptFrame, type FileFrame } from "./transforms/frame";
import { vocabOf } from "./vocab";

export interface TestSet {
  readonly loader: DataLoader;
  /** What the model's picture of points shows, in the file's pixels. */
  frame(item: number): Promise<FileFrame>;
  readonly path: (item: number) => string;
  /** Items as the model sees them; null where one can no longer be read. */
  seen(items: readonly number[]): Promise<readonly (ImageBitmap | null)[]>;
  /** The predicted mask of a picture as a PNG, as large as the picture; null where it can no longer be read. */
  maskFile(item: number, ids: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null>;
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

/** Files that may hold series; a note beside them holds none. */
const SERIES = /\.(csv|tsv|txt|ts|arff)$/i;
const NOTES = /(^|\/)(readme|licen[cs]e)[^/]*$/i;

/** Every picture of the index in its order, or every series of its tables. */
async function testItems(index: FileIndex, { data }: Recipe): Promise<Result<TestItems, Problem>> {
  if (data.items.kind === "series") {
    const files = index.paths.filter((path) => SERIES.test(path) && !NOTES.test(path));
    // Whoever asks for predictions wants one for every row, so none is left out for its length.
    const items = await seriesItems(index, { ...data.items, otherLengths: data.items.otherLengths ?? "linear", files });
    if (!items.ok) return items;
    const skipped = items.value.problems.flatMap(({ code, items: paths }) => (code === "SERIES_GAPS" ? paths.map((path) => ({ path, code, reason: "a gap or a word stands where a number should be" })) : [])); // prettier-ignore
    return ok({ ...items.value, series: items.value.series?.values ?? null, skipped });
  }
  const files = index.images;
  return ok({ files, series: null, path: (item) => index.paths[files[item] as number] as string, skipped: [] });
}

interface TestItems extends Pick<BlockPlan, "files" | "series" | "path"> {
  /** Rows that are no items. */
  readonly skipped: readonly SkippedItem[];
}

/** Answers that stand for none: masks are all of the first class, points lie at the picture's upper left corner. */
function noAnswers({ task }: Recipe, count: number, vocab: readonly string[]): PlanTargets {
  const zeros = (width: number): Float32Array[] => Array.from({ length: count }, () => new Float32Array(width));
  if (task === "regression") return { kind: "values", of: zeros(vocab.length) };
  return task === "points" ? { kind: "points", of: zeros(2 * vocab.length) } : { kind: "labels" };
}

/** Every item of the index; unreadable ones are left out by name. */
export async function openTestSet(options: TestSetOptions): Promise<Result<TestSet, Problem>> {
  const { index, recipe, vocab, stats, decoder, onProgress } = options;
  const { transforms, augment, batchSize } = recipe.data;
  const { kind } = recipe.data.items;
  if (kind === "textFiles" || kind === "textColumn") return err(problem("TEST_TASK"));
  const [chain, augments] = [chainTransforms(transforms), chainAugments(augment, recipe.seed, recipe.task)];
  if (!chain.ok) return chain;
  if (!augments.ok) return augments;
  const found = await testItems(index, recipe);
  if (!found.ok) return found;
  const { files, series, path } = found.value;
  const count = files.length;
  const plan: BlockPlan = {
    ...{ task: recipe.task, files, path, series, texts: null },
    labels: Array.from({ length: count }, () => []),
    split: new Uint8Array(count).fill(VALID),
    vocab: vocabOf(vocab),
    targets: noAnswers(recipe, count, vocab),
  };
  const shape = [chain.value.height, chain.value.width, recipe.data.channels ?? 3] as const;
  const targetBytes = keptTargetBytes(plan, shape);
  const recordBytes = shape[0] * shape[1] * shape[2] + targetBytes;
  const cache = createPixelCache({ records: count, recordBytes, budget: DEFAULT_BUDGET, file: null });
  const lies = frameOf(recipe.data) ?? "upright";
  const target = targetJobs(index, plan, lies);
  const { range } = recipe.data;
  const dataset = createDataset({ index, files, path, series, shape, transforms, range, decoder, cache, targetBytes, target }); // prettier-ignore
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
    const draw = augments.value.evaluate(shape);
    const frame: TestSet["frame"] = async (item) => {
      const record = new Uint8Array(recordBytes);
      await dataset.get(item, record, 0);
      return drawnFrame(draw, keptFrame(record));
    };
    const seen: TestSet["seen"] = (some) =>
      asSeen({ recipe, plan, dataset, augment: augments.value, index, decoder }, some);
    const maskFile: TestSet["maskFile"] = async (item, ids) =>
      maskOfFile(await index.read(files[item] ?? -1), path(item), ids, {
        chain: chain.value,
        draw,
        stored: lies === "stored",
      });
    return ok({ loader, path, frame, seen, maskFile, skipped: [...found.value.skipped, ...outcome.skipped] });
  } catch (thrown) {
    if (thrown instanceof ProblemError) return err(thrown.problem);
    throw thrown;
  }
}
