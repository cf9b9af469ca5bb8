// Looking into a data block: its items by number, the tensors of a batch, what charts draw, what found no partner.
import { ProblemError, toProblem, type Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import type {
  BatchRequest,
  BatchValues,
  ItemFact,
  ItemQuery,
  ItemValues,
  LabelFacts,
  PictureSizes,
  UnmatchedGroup,
} from "../../spec/dataLook";
import { problem } from "../../spec/problems";
import type { Recipe } from "../../spec/recipe";
import type { DataLoaders } from "../batch";
import { targetsOf, type Targets } from "../blocks";
import type { BlockPlan } from "../blockPlan";
import type { DecodeOutcome } from "../decodeAll";
import type { Dataset } from "../dataset";
import { makeLoaders, orderOf } from "../makeLoaders";
import { createStatsMeter, statsFor, type Normalization, type Stats } from "../normalize";
import { recordOf, type PreviewContext } from "../preview";
import { droppedTwins, usedItems } from "../report";
import type { FileIndex } from "../sources/fileIndex";
import type { Tables } from "../tables";
import { batchValues } from "./batchValues";
import { createItemTable, type ItemTable } from "./itemTable";
import { itemValues } from "./itemValues";
import { labelFacts } from "./labelFacts";
import { maskAreas } from "./maskAreas";
import { pictureSizes } from "./pictureSizes";
import { findUnmatched } from "./unmatched";

export interface DataLook {
  list(query: ItemQuery): Int32Array;
  facts(items: readonly number[]): readonly ItemFact[];
  /** Null where there is no such item. */
  item(item: number): Promise<ItemValues | null>;
  batch(request: BatchRequest): Promise<Result<BatchValues, Problem>>;
  labels(): Promise<LabelFacts>;
  sizes(items: readonly number[]): Promise<PictureSizes>;
  unmatched(): Promise<readonly UnmatchedGroup[]>;
}

export interface DataLookParts {
  readonly plan: BlockPlan | null;
  readonly recipe: Recipe;
  readonly index: FileIndex;
  readonly tables: Tables;
  readonly normalization: Normalization | undefined;
  readonly context: () => Promise<PreviewContext | null>;
  readonly loaders: () => Promise<DataLoaders>;
  /** What reading every file found, once that was done. */
  readonly outcome: () => DecodeOutcome | null;
  readonly measured: () => Stats | null;
}

/** Up to so many files are all read before the first batch is shown, which makes it the very batch of training. */
const READ_FIRST = 1000;
/** Pictures that stand for all while statistics are still to be measured. */
const SPOT_CHECKS = 24;
/** Unreadable files may make a batch begin anew so often. */
const ATTEMPTS = 16;

/** Mean and spread of a few training pictures. */
async function spotStats(dataset: Dataset, train: readonly number[]): Promise<Stats | null> {
  const meter = createStatsMeter(dataset.shape[2]);
  const step = Math.max(1, Math.ceil(train.length / SPOT_CHECKS));
  for (let i = 0; i < train.length; i += step) {
    const record = await recordOf(dataset, train[i] as number);
    if (record !== null) meter.add(record.subarray(0, dataset.bytes));
  }
  return meter.stats();
}

const NOTHING: ItemTable = { list: () => new Int32Array(), facts: () => [] };

/** The looks into a block. */
export function createDataLook(parts: DataLookParts): DataLook {
  const { plan, recipe, index, tables, normalization, context, loaders, outcome, measured } = parts;
  let table: { readonly of: DecodeOutcome | null; readonly table: ItemTable } | null = null;
  let targets: Targets | null = null;
  let rough: Promise<Stats | null> | null = null;
  /** Items that a batch could not be made of, before every file was read. */
  const unread = new Map<number, DecodeOutcome["skipped"][number]>();

  const known = (): DecodeOutcome => outcome() ?? { skipped: [...unread.values()], notes: [] };
  const used = (own: BlockPlan) => usedItems(own, known(), droppedTwins(own, outcome(), recipe));

  const tableNow = (): ItemTable => {
    if (plan === null) return NOTHING;
    if (table === null || table.of !== outcome())
      table = { of: outcome(), table: createItemTable(plan, usedItems(plan, outcome(), droppedTwins(plan, outcome(), recipe))) }; // prettier-ignore
    return table.table;
  };

  const statsOf = async ({ dataset, plan: own }: PreviewContext): Promise<Stats | null> => {
    if (normalization === undefined) return null;
    const channels = dataset.shape[2];
    const found = statsFor(normalization, channels, measured());
    if (found !== null) return found;
    rough ??= spotStats(dataset, used(own).train);
    return statsFor(normalization, channels, await rough);
  };

  /** Which of the items that a batch would hold cannot be read; their files are decoded on the way. */
  const unreadable = async ({ dataset }: PreviewContext, items: readonly number[]): Promise<number> => {
    const before = unread.size;
    for (const item of items) {
      if (unread.has(item) || (await recordOf(dataset, item)) !== null) continue;
      unread.set(item, { item, path: dataset.path(item), code: "IMG_DECODE", reason: "it could not be read" });
    }
    return unread.size - before;
  };

  const readBatch = async (found: PreviewContext, request: BatchRequest): Promise<BatchValues | null> => {
    const small = found.plan.files.length <= READ_FIRST;
    if (small) await loaders();
    const stats = await statsOf(found);
    if (stats === null) return null;
    const { plan: own, dataset, augment } = found;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const made = makeLoaders({ recipe, plan: own, dataset, augment, stats, outcome: known() });
      const loader = request.set === "train" ? made.train : made.valid;
      if (loader === null || loader.batches === 0) return null;
      const exact = outcome() !== null;
      const all = used(own)[request.set];
      const order = orderOf(recipe, own, all, request.set === "train").order(request.epoch);
      const first = Math.min(request.batch, loader.batches - 1) * loader.batchSize;
      if (!exact && (await unreadable(found, order.slice(first, first + loader.batchSize))) > 0) continue;
      const items = order.length;
      return batchValues({ plan: own, loader, stats, items, exact }, request);
    }
    return null;
  };

  return {
    list: (query) => tableNow().list(query),
    facts: (items) => tableNow().facts(items),
    async item(item) {
      const [fact] = tableNow().facts([item]);
      const found = await context();
      if (fact === undefined || found === null) return null;
      const stats = await statsOf(found);
      if (stats === null) return null;
      const [height, width] = found.dataset.shape;
      return itemValues(found, fact, stats, () => (targets ??= targetsOf(found.plan, [height, width])));
    },
    async batch(request) {
      try {
        const found = await context();
        const values = found === null || found.plan.texts !== null ? null : await readBatch(found, request);
        return values === null ? err(problem("ITEMS_NONE")) : ok(values);
      } catch (thrown) {
        if (thrown instanceof ProblemError) return err(toProblem(thrown));
        throw thrown;
      }
    },
    async labels() {
      if (plan === null) return { kind: "none" };
      const found = plan.targets.kind === "masks" ? await context() : null;
      return found === null ? labelFacts(plan) : maskAreas(found, used(plan).train);
    },
    sizes: (items) => (plan === null ? Promise.resolve(new Uint32Array()) : pictureSizes(index, plan, items)),
    unmatched: () => findUnmatched(index, tables, recipe),
  };
}
