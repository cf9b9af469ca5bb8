// The data block of a recipe over an open source: what it is, how it went, its pictures and its batches.
import { ProblemError } from "../base/problem";
import { hashString } from "../base/rng";
import type { DataReport, PreviewItem, PreviewRequest, WalkStep } from "../spec/dataReport";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import { chainAugments, type AugmentChain } from "./augment";
import type { DataLoaders } from "./batch";
import { targetsOf } from "./blocks";
import type { CacheStore } from "./cacheStore";
import { createDataLoader } from "./dataLoader";
import { createDataset, type Dataset } from "./dataset";
import { decodeAll, type DecodeOutcome, type DecodeProgress } from "./decodeAll";
import type { Decoder } from "./decode/decoder";
import { createStatsMeter, NORMALIZATIONS, type Stats } from "./normalize";
import { createPixelCache, DEFAULT_BUDGET } from "./pixelCache";
import { planBlock } from "./plan";
import { preview, walk } from "./preview";
import { makeReport, usedItems } from "./report";
import { sequential, shuffle } from "./sampler";
import type { FileIndex } from "./sources/fileIndex";
import { createTables, type Tables } from "./tables";
import { chainTransforms } from "./transforms";

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
  thumbnails(items: readonly number[], size: number): Promise<readonly (ImageBitmap | null)[]>;
  itemPath(item: number): string;
  itemLabels(item: number): readonly string[];
  /** Closes the cache's file: another block can only then open it. */
  dispose(): void;
}

/** The same recipe at another picture size (progressive resizing): same items, same split. */
export function withSize(recipe: Recipe, size: number): Recipe {
  const transforms = recipe.data.transforms.map((one) => (one.kind === "resize" ? { ...one, size } : one));
  return { ...recipe, data: { ...recipe.data, transforms } };
}

const hex = (text: string): string => hashString(text).toString(16).padStart(8, "0");

/** Names the cached pixels: the same files through the same transforms, in the same order. */
function cacheName(index: FileIndex, recipe: Recipe, files: Int32Array): string {
  const transforms = JSON.stringify(recipe.data.transforms);
  const list = files.join();
  return `pixels-${hex(index.identity + transforms)}${hex(list)}${hex(`${files.length}|${list}|${transforms}`)}`;
}

async function loadOutcome(store: CacheStore | null, name: string): Promise<DecodeOutcome | null> {
  try {
    const blob = await store?.load(`${name}.json`);
    return blob ? (JSON.parse(await blob.text()) as DecodeOutcome) : null;
  } catch {
    return null;
  }
}

/** Files kept beside each other: two sizes of one block with their notes, and sources. */
const KEPT_FILES = 8;
/** Pixels that suffice for the mean and spread when they are only shown. */
const STATS_BYTES = 64 * 2 ** 20;

/** Mean and spread of training pictures in the cache: of all, or of evenly spaced ones that suffice to show. */
async function measure(dataset: Dataset, train: readonly number[], all: boolean): Promise<Stats | null> {
  const meter = createStatsMeter();
  const pixels = new Uint8Array(dataset.bytes);
  const step = all ? 1 : Math.max(1, Math.ceil((train.length * dataset.bytes) / STATS_BYTES));
  for (let i = 0; i < train.length; i += step) {
    if (all) await dataset.get(train[i] as number, pixels, 0);
    else if (!dataset.cache.read(train[i] as number, pixels, 0)) continue;
    meter.add(pixels);
  }
  return meter.stats();
}

/** Builds the block from names and tables alone; pictures are read when they are asked for. */
export async function createDataBlock(options: DataBlockOptions): Promise<DataBlock> {
  const { index, recipe, decoder, cache: store = null, budget = DEFAULT_BUDGET, onProgress, signal } = options;
  const planned = await planBlock(index, options.tables ?? createTables(index), recipe);
  const chain = chainTransforms(recipe.data.transforms);
  const augments = chainAugments(recipe.data.augment, recipe.seed);
  const normalization = NORMALIZATIONS.get(recipe.data.normalize);
  const augmentProblem = !augments.ok
    ? augments.error
    : normalization === undefined
      ? problem("TRANSFORM_FIELDS", { items: [`normalize: ${recipe.data.normalize} is unknown`] })
      : null;
  const size = chain.ok ? { width: chain.value.width, height: chain.value.height } : chain.error;
  const facts = { index, recipe, planned, size, augmentProblem };
  const { plan } = planned;
  let outcome: DecodeOutcome | null = null;
  let stats: Stats | null = null;
  let report = makeReport({ ...facts, outcome, stats });
  let dataset: Promise<Dataset> | null = null;
  let opened: Dataset | null = null;
  let loading: Promise<DataLoaders> | null = null;

  const files = plan?.files ?? new Int32Array();
  const name = cacheName(index, recipe, files);
  const augment: AugmentChain = augments.ok
    ? augments.value
    : { draw: () => ({ matrix: [1, 0, 0, 0, 1, 0], scale: 1, shift: 0 }) };

  const openDataset = async (): Promise<Dataset> => {
    if (!chain.ok) throw new ProblemError(chain.error);
    const shape = [chain.value.height, chain.value.width, 3] as const;
    const recordBytes = shape[0] * shape[1] * 3;
    const file = (await store?.open(`${name}.bin`, files.length, recordBytes)) ?? null;
    outcome = file === null ? null : await loadOutcome(store, name);
    const cache = createPixelCache({ records: files.length, recordBytes, budget, file });
    opened = createDataset({ index, files, shape, transforms: recipe.data.transforms, decoder, cache });
    return opened;
  };
  const getDataset = (): Promise<Dataset> => (dataset ??= openDataset());

  const firstError = (): ProblemError =>
    new ProblemError(report.problems.find(({ severity }) => severity === "error") ?? problem("ITEMS_NONE"));

  const load = async (): Promise<DataLoaders> => {
    if (!report.ready || plan === null || normalization === undefined) throw firstError();
    const data = await getDataset();
    const planned = usedItems(plan, null);
    outcome = await decodeAll(
      data,
      [...planned.train, ...planned.valid].sort((a, b) => a - b),
      {
        parallel: decoder.parallel,
        earlier: outcome,
        ...(onProgress === undefined ? {} : { onProgress }),
        ...(signal === undefined ? {} : { signal }),
      },
    );
    if (store !== null) {
      await store.save(`${name}.json`, new Blob([JSON.stringify(outcome)]));
      await store.prune(KEPT_FILES);
    }
    const { train, valid } = usedItems(plan, outcome);
    stats = await measure(data, train, normalization.stats === null);
    report = makeReport({ ...facts, outcome, stats });
    if (!report.ready) throw firstError();
    const used = normalization.stats ?? stats;
    if (used === null) throw firstError();
    const common = { dataset: data, targets: targetsOf(plan), batchSize: recipe.data.batchSize, stats: used };
    const loader = (items: readonly number[], training: boolean) =>
      createDataLoader({
        ...common,
        items: items.length,
        sampler: training ? shuffle(items, recipe.seed) : sequential(items),
        augment: training ? augment : null,
        dropLast: training,
      });
    return {
      train: loader(train, true),
      valid: valid.length === 0 ? null : loader(valid, false),
      vocab: plan.vocab.names,
      task: plan.task,
      inputShape: data.shape,
      dispose: () => {},
    };
  };

  const context = async () => {
    if (plan === null) throw firstError();
    return { recipe, plan, dataset: await getDataset(), augment };
  };
  const thumbnail = async (item: number, size: number): Promise<ImageBitmap | null> => {
    const file = await index.read(files[item] ?? -1);
    return file.ok ? decoder.thumbnail(file.value, index.paths[files[item] as number] as string, size) : null;
  };

  return {
    get report() {
      return report;
    },
    loaders() {
      loading ??= load().catch((thrown: unknown) => {
        loading = null;
        throw thrown;
      });
      return loading;
    },
    preview: async (request) => (plan === null || !chain.ok ? [] : preview(await context(), request)),
    walk: async (item) => (plan === null || !chain.ok ? [] : walk(await context(), item, await thumbnail(item, 160))),
    thumbnails: (items, size) => Promise.all(items.map((item) => thumbnail(item, size))),
    itemPath: (item) => index.paths[files[item] ?? -1] ?? "",
    itemLabels: (item) => plan?.labels[item] ?? [],
    dispose: () => opened?.cache.close(),
  };
}
