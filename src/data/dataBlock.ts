// The data block of a recipe over an open source: what it is, how it went, its pictures and its batches.
import { ProblemError, type Problem } from "../base/problem";
import { ok, type Result } from "../base/result";
import {
  SLOTS,
  type DataReport,
  type PreviewItem,
  type PreviewRequest,
  type SlotName,
  type WalkStep,
} from "../spec/dataReport";
import { problem } from "../spec/problems";
import type { TrialPicture, TrialRequest } from "../spec/trial";
import type { Recipe } from "../spec/recipe";
import { chainAugments, NO_CHAIN, type AugmentChain } from "./augment";
import { drawnFrame } from "./augment/draw";
import type { DataLoaders } from "./batch";
import { openBlockCache, type BlockCache } from "./blockCache";
import type { CacheStore } from "./cacheStore";
import { createDataset, type Dataset } from "./dataset";
import { decodeAll, type DecodeOutcome, type DecodeProgress } from "./decodeAll";
import type { Decoder } from "./decode/decoder";
import { createDataLook, type DataLook } from "./look/dataLook";
import { makeLoaders } from "./makeLoaders";
import { maskOfFile } from "./maskFiles";
import { measure } from "./measure";
import { NORMALIZATIONS, statsFor } from "./normalize";
import { DEFAULT_BUDGET } from "./pixelCache";
import { planBlock } from "./plan";
import { asSeen, preview, thumbnail, type PreviewContext } from "./preview";
import { showTrials } from "./showTrials";
import { makeReport, usedItems, type ReportFacts } from "./report";
import type { FileIndex } from "./sources/fileIndex";
import { createTables, type Tables } from "./tables";
import { settleMaskValues } from "./targets/settleMaskValues";
import { frameOf, keptTargetBytes, targetJobs } from "./targets/targetJobs";
import { chainTransforms } from "./transforms";
import type { FileFrame } from "./transforms/frame";
import { walk } from "./walk";

export interface DataBlockOptions {
  readonly index: FileIndex;
  readonly recipe: Recipe;
  readonly decoder: Decoder;
  /** Where decoded pixels are kept for the next visit; null keeps them in memory only. */
  readonly cache?: CacheStore | null;
  /** Parsed tables of the index, when they are at hand from guessing. */
  readonly tables?: Tables;
  /** Bytes of pixels to hold in memory. */
  readonly budget?: number;
  readonly onProgress?: (progress: DecodeProgress) => void;
  readonly signal?: AbortSignal;
}

export interface DataBlock {
  /** As far as it is known; more exact once everything was decoded. */
  readonly report: DataReport;
  /** Decodes what is not yet cached, then gives the loaders; rejects with a ProblemError where nothing can be trained. */
  loaders(): Promise<DataLoaders>;
  preview(request: PreviewRequest): Promise<readonly PreviewItem[]>;
  walk(item: number): Promise<readonly WalkStep[]>;
  /** Other augmentations on one picture; nothing is prepared again. */
  tryAugment(request: TrialRequest): Promise<Result<readonly TrialPicture[], Problem>>;
  /** Upright pictures, longest side `size`; from the kept pixels where the files are not at hand. */
  thumbnails(items: readonly number[], size: number): Promise<readonly (ImageBitmap | null)[]>;
  /** Items as the model sees them on validation, at its own size. */
  seen(items: readonly number[]): Promise<readonly (ImageBitmap | null)[]>;
  /**
   * A class map of the model's size as a PNG of class numbers that is as large as the item's own picture; null where
   * that picture can no longer be read.
   */
  maskFile(item: number, ids: Uint8Array): Promise<Uint8Array<ArrayBuffer> | null>;
  itemPath(item: number): string;
  itemLabels(item: number): readonly string[];
  /** What the model's picture of points shows, in the file's own pixels; null where it was not kept. */
  itemFrame(item: number): FileFrame | null;
  /** Looking into it: items by number, tensors of a batch, what charts draw. */
  readonly look: DataLook;
  /** Closes the cache's file: only then can another block open it. */
  dispose(): void;
}

/** The stage that fails, as the last step of a walk. */
function stoppedAt({ slots }: DataReport): WalkStep | null {
  const failed = slots.find(({ state }) => state === "error");
  const problem = failed?.problems.find(({ severity }) => severity === "error");
  if (failed === undefined || problem === undefined) return null;
  return { slot: failed.slot, title: "Stops here", value: problem.title, problem };
}

const before = (a: SlotName, b: SlotName): boolean => SLOTS.indexOf(a) < SLOTS.indexOf(b);

/** Builds the block from names and tables alone; pictures are read when they are asked for. */
export async function createDataBlock(options: DataBlockOptions): Promise<DataBlock> {
  const { index, recipe, decoder, cache: store = null, budget = DEFAULT_BUDGET, onProgress, signal } = options;
  const tables = options.tables ?? createTables(index);
  const planned = await planBlock(index, tables, recipe);
  const { plan } = planned;
  const files = plan?.files ?? new Int32Array();
  const chain = chainTransforms(recipe.data.transforms);
  const augments = chainAugments(recipe.data.augment, recipe.seed, recipe.task);
  const { channels = 3 } = recipe.data;
  const augment: AugmentChain = augments.ok ? augments.value : NO_CHAIN;
  const normalization = NORMALIZATIONS.get(recipe.data.normalize);
  const unknown = problem("TRANSFORM_FIELDS", { items: [`normalize: ${recipe.data.normalize} is unknown`] });
  const augmentProblem = augments.ok ? (normalization === undefined ? unknown : null) : augments.error;
  const sizes = (): ReportFacts["size"] => {
    if (!chain.ok) return chain.error;
    const [height, width] = augment.size([chain.value.height, chain.value.width, channels]);
    return { height, width, draws: chain.value.draw !== null };
  };
  const facts = { index, recipe, planned, size: sizes(), augmentProblem };
  let report = makeReport({ ...facts, outcome: null, stats: null });
  let opening: Promise<{ readonly dataset: Dataset; readonly cache: BlockCache }> | null = null;
  let loading: Promise<DataLoaders> | null = null;
  let current: Dataset | null = null;
  /** What reading every file found, once that was done. */
  let known: DecodeOutcome | null = null;

  const open = async () => {
    if (!chain.ok) throw new ProblemError(chain.error);
    const shape = [chain.value.height, chain.value.width, channels] as const;
    if (plan === null) throw refusal();
    const targetBytes = keptTargetBytes(plan, shape);
    const recordBytes = shape[0] * shape[1] * shape[2] + targetBytes;
    const cache = await openBlockCache({ store, index, recipe, plan, recordBytes, budget });
    const { transforms, range } = recipe.data;
    const target = targetJobs(index, plan, frameOf(recipe.data));
    const { path, series } = plan;
    const parts = { index, files, path, series, shape, transforms, range, decoder, cache: cache.pixels, targetBytes, target }; // prettier-ignore
    current = createDataset(parts);
    return { cache, dataset: current };
  };
  const opened = () => (opening ??= open());

  const refusal = (): ProblemError =>
    new ProblemError(report.problems.find(({ severity }) => severity === "error") ?? problem("ITEMS_NONE"));

  const load = async (): Promise<DataLoaders> => {
    if (!report.ready || plan === null || plan.texts !== null || normalization === undefined) throw refusal();
    const { dataset, cache } = await opened();
    const { train, valid } = usedItems(plan, null);
    const items = [...train, ...valid].sort((a, b) => a - b);
    const { parallel } = decoder;
    const outcome = await decodeAll(dataset, items, { parallel, earlier: cache.outcome, onProgress, signal });
    await cache.keep(outcome);
    known = outcome;
    const measured = await measure(dataset, usedItems(plan, outcome).train, normalization.stats === null);
    const settled = await settleMaskValues(index, recipe, planned, outcome);
    report = makeReport({ ...facts, planned: settled, outcome, stats: measured });
    const stats = statsFor(normalization, dataset.shape[2], measured);
    if (!report.ready || stats === null) throw refusal();
    return makeLoaders({ recipe, plan, dataset, augment, stats, outcome });
  };

  const context = async (): Promise<PreviewContext | null> =>
    plan === null || !chain.ok ? null : { recipe, plan, augment, index, decoder, dataset: (await opened()).dataset };

  const loaders = (): Promise<DataLoaders> => {
    loading ??= load().catch((thrown: unknown) => {
      // What failed may be mended: the next call tries again.
      loading = null;
      throw thrown;
    });
    return loading;
  };
  return {
    get report() {
      return report;
    },
    loaders,
    look: createDataLook({
      plan,
      recipe,
      index,
      tables,
      normalization,
      context,
      loaders,
      outcome: () => known,
      measured: () => report.stats,
    }),
    async preview(request) {
      const found = await context();
      return found === null ? [] : preview(found, request);
    },
    async walk(item) {
      const stopped = stoppedAt(report);
      const found = plan !== null && item < files.length ? await context() : null;
      const steps = found === null ? [] : await walk(found, item, normalization?.stats ?? report.stats);
      return stopped === null ? steps : [...steps.filter(({ slot }) => before(slot, stopped.slot)), stopped];
    },
    async tryAugment(request) {
      const found = await context();
      return found === null ? ok([]) : showTrials(found, request);
    },
    async seen(items) {
      const found = await context();
      return found === null ? items.map(() => null) : asSeen(found, items);
    },
    async thumbnails(items, size) {
      const found = await context();
      return Promise.all(items.map((item) => (found === null ? null : thumbnail(found, item, size))));
    },
    async maskFile(item, ids) {
      if (!chain.ok || plan === null) return null;
      const draw = augment.evaluate([chain.value.height, chain.value.width, channels]);
      return maskOfFile(await index.read(plan.files[item] ?? -1), plan.path(item), ids, {
        chain: chain.value,
        draw,
        stored: frameOf(recipe.data) === "stored",
      });
    },
    itemPath: (item) => (plan !== null && item >= 0 && item < files.length ? plan.path(item) : ""),
    itemLabels: (item) => plan?.labels[item] ?? [],
    itemFrame(item) {
      const frame = current?.frame(item) ?? null;
      return frame && current && drawnFrame(augment.evaluate(current.shape), frame);
    },
    dispose() {
      opening?.then(({ cache }) => cache.pixels.close()).catch(() => {});
      opening = null;
      current = null;
    },
  };
}
