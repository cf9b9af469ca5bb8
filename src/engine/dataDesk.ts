// The open source and the data blocks that were built from it.
import { ProblemError, type Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { chainAugments } from "../data/augment";
import type { DataLoaders } from "../data/batch";
import type { CacheStore } from "../data/cacheStore";
import { createDataBlock, type DataBlock } from "../data/dataBlock";
import { createDecodePool } from "../data/decode/decodePool";
import type { Decoder } from "../data/decode/decoder";
import { fitRecipe } from "../data/guess/fitRecipe";
import { guessBlocks } from "../data/guess/guess";
import { openKeptSource } from "../data/keptSource";
import { evensClasses } from "../data/evensClasses";
import { NORMALIZATIONS, statsFor } from "../data/normalize";
import { peekPictures } from "../data/peek";
import { outline } from "../data/outline";
import type { FileIndex } from "../data/sources/fileIndex";
import type { RawSource } from "../data/sources/rawSource";
import { openSource } from "../data/sources/openSource";
import { createTables, type Tables } from "../data/tables";
import { openTestSet, type TestSet } from "../data/testSet";
import { chainTransforms } from "../data/transforms";
import type { EngineEvent } from "../rpc/protocol";
import type { DataReport, Guess, LoadingPhase, PeekPicture, SourceInfo, SourceOutline } from "../spec/dataReport";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { SourceInput } from "../spec/source";
import type { UnpackStore } from "../storage/unpackStore";

export interface DataDesk {
  open(inputs: readonly SourceInput[]): Promise<Result<FileIndex, Problem>>;
  /** Ends an `open` that is under way. */
  cancelOpening(): void;
  /** Opens what an earlier visit kept of a source: its tables, and pictures as far as they were decoded. */
  openKept(identity: string): Promise<FileIndex | null>;
  readonly source: () => SourceInfo | null;
  guess(): Promise<readonly Guess[]>;
  outline(): Promise<SourceOutline | null>;
  /** The recipe itself, or with the best guess's items, labels and split where its own are not there. */
  adapt(recipe: Recipe): Promise<Recipe>;
  prepare(recipe: Recipe): Promise<DataReport>;
  /** The block that was prepared last. */
  readonly block: () => DataBlock | null;
  /** Batches of a recipe's data; throws a ProblemError where there are none. */
  loaders(recipe: Recipe): Promise<DataLoaders>;
  /** The block that `loaders` was asked for last: of the live model, whatever was prepared since. */
  readonly trained: () => DataBlock | null;
  /** Pictures of another source, prepared as the recipe's validation set is; the open source stays. */
  testSet(recipe: Recipe, vocab: readonly string[], inputs: readonly SourceInput[]): Promise<Result<TestSet, Problem>>;
  /** Height, width, channels of the pictures as the recipe makes them. */
  inputShape(recipe: Recipe): readonly [number, number, number];
  /** Mean and spread that the trained block's pictures are normalised by. */
  stats(recipe: Recipe): DataReport["stats"];
}

export interface DataDeskOptions {
  readonly emit: (event: EngineEvent) => void;
  readonly spawnDecoder: (name: string) => Worker;
  /** Where decoded pixels outlive the page. */
  readonly cache: () => Promise<CacheStore | null>;
  readonly unpacked: () => Promise<UnpackStore | null>;
  /** Milliseconds. */
  readonly clock: () => number;
}

const LOADING_MS = 200;
const PEEK_MS = 2000;

interface Opened {
  readonly index: FileIndex;
  readonly tables: Tables;
}

const dataKey = (recipe: Recipe): string =>
  JSON.stringify([recipe.data, recipe.task, recipe.seed, evensClasses(recipe)]);

const NO_SOURCE: DataReport = {
  ready: false,
  slots: [],
  items: 0,
  train: 0,
  valid: 0,
  skipped: [],
  vocab: [],
  outputs: 0,
  maskValues: [],
  histogram: [],
  inputShape: [0, 0, 3],
  stats: null,
  problems: [problem("SOURCE_MISSING")],
};

/** A desk with no source. */
export function createDataDesk({ emit, spawnDecoder, cache, unpacked, clock }: DataDeskOptions): DataDesk {
  let opened: Opened | null = null;
  let decoder: Decoder | null = null;
  /** At most the prepared block and the one at another size that a run has gone on to. */
  let used: DataBlock | null = null;
  let blocks: { readonly key: string; readonly block: DataBlock }[] = [];

  let last = Number.NEGATIVE_INFINITY;
  const loading = (phase: LoadingPhase, done: number, total: number | null): void => {
    if (clock() - last < LOADING_MS && done !== total) return;
    last = clock();
    emit({ type: "loading", phase, done, total });
  };
  const drop = (): void => {
    for (const { block } of blocks) block.dispose();
    blocks = [];
    used = null;
  };
  const take = (index: FileIndex): FileIndex => {
    drop();
    opened = { index, tables: createTables(index) };
    return index;
  };

  const getDecoder = (): Decoder => (decoder ??= createDecodePool({ spawn: spawnDecoder }));
  let opening: AbortController | null = null;

  /** Shows the first pictures that were found; a slow disk holds nothing up for longer than a moment. */
  const peek = async (raw: RawSource, signal: AbortSignal): Promise<void> => {
    const soon = new Promise<null>((resolve) => void setTimeout(resolve, PEEK_MS, null));
    const looking = peekPictures(raw, getDecoder()).catch(() => []);
    const shown = looking.then((pictures) => show(pictures, signal));
    await Promise.race([shown, soon]);
  };
  const show = (pictures: readonly PeekPicture[], signal: AbortSignal): void => {
    if (signal.aborted || pictures.length === 0) for (const { image } of pictures) image.close();
    else emit({ type: "peek", pictures });
  };

  const build = async (recipe: Recipe): Promise<DataBlock> => {
    if (!opened) throw new ProblemError(problem("SOURCE_MISSING"));
    const key = dataKey(recipe);
    const known = blocks.find((one) => one.key === key);
    if (known) return known.block;
    const block = await createDataBlock({
      ...opened,
      recipe,
      decoder: getDecoder(),
      cache: await cache(),
      onProgress: ({ done, total }) => loading("decoding", done, total),
    });
    blocks.push({ key, block });
    return block;
  };

  const guess = async (): Promise<readonly Guess[]> => (opened ? await guessBlocks(opened.index, opened.tables) : []);

  return {
    async open(inputs) {
      const own = new AbortController();
      opening = own;
      const store = await unpacked();
      const keys: string[] = [];
      try {
        const index = await openSource(inputs, {
          onProgress: (done) => loading("scanning", done, null),
          onUnpack: (done, total) => loading("unpacking", done, total),
          onPartial: (raw) => peek(raw, own.signal),
          onKey: (key) => keys.push(key),
          signal: own.signal,
          store,
        });
        if (!index.ok) return index;
        await store?.keepOnly(keys).catch(() => undefined);
        return ok(take(index.value));
      } catch (thrown) {
        if (own.signal.aborted) return err(problem("SOURCE_STOPPED"));
        throw thrown;
      } finally {
        own.abort();
        if (opening === own) opening = null;
      }
    },
    cancelOpening: () => opening?.abort(),
    async openKept(identity) {
      const store = await cache();
      const index = store ? await openKeptSource(identity, store) : null;
      return index && take(index);
    },
    source: () => opened?.index.info ?? null,
    guess,
    outline: async () => (opened ? await outline(opened.index, opened.tables) : null),
    async adapt(recipe) {
      return opened ? fitRecipe(recipe, opened.index, await guess()) : recipe;
    },
    async prepare(recipe) {
      if (!opened) return NO_SOURCE;
      const key = dataKey(recipe);
      // Another block may want the same cache file, which only one can hold.
      for (const one of blocks) if (one.key !== key) one.block.dispose();
      blocks = blocks.filter((one) => one.key === key);
      return (await build(recipe)).report;
    },
    block: () => blocks[0]?.block ?? null,
    async loaders(recipe) {
      const block = await build(recipe);
      const loaders = await block.loaders();
      used = block;
      return loaders;
    },
    trained: () => used,
    async testSet(recipe, vocab, inputs) {
      const stats = this.stats(recipe);
      if (stats === null) return err(problem("RUN_NOT_STARTED"));
      const index = await openSource(inputs, { store: await unpacked() });
      if (!index.ok) return index;
      const onProgress = (done: number, total: number): void => loading("decoding", done, total);
      return openTestSet({ index: index.value, recipe, vocab, stats, decoder: getDecoder(), onProgress });
    },
    inputShape(recipe) {
      const chain = chainTransforms(recipe.data.transforms);
      const augments = chainAugments(recipe.data.augment, recipe.seed, recipe.task);
      if (!chain.ok || !augments.ok) return [0, 0, 3];
      const { channels = 3 } = recipe.data;
      return [...augments.value.size([chain.value.height, chain.value.width, channels]), channels];
    },
    stats(recipe) {
      const [normalization, measured] = [NORMALIZATIONS.get(recipe.data.normalize), used?.report.stats ?? null];
      return normalization ? statsFor(normalization, measured?.mean.length ?? 3, measured) : measured;
    },
  };
}
