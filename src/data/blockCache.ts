// The pixel cache of one block: named after what makes its pixels, with what decoding found kept beside it.
import { hashString } from "../base/rng";
import type { Recipe } from "../spec/recipe";
import type { BlockPlan, PlanTargets } from "./blockPlan";
import type { CacheStore } from "./cacheStore";
import type { DecodeOutcome } from "./decodeAll";
import { createPixelCache, type PixelCache } from "./pixelCache";
import { frameOf } from "./targets/targetJobs";
import type { FileIndex } from "./sources/fileIndex";

export interface BlockCache {
  readonly pixels: PixelCache;
  /** What decoding found at an earlier visit. */
  readonly outcome: DecodeOutcome | null;
  keep(outcome: DecodeOutcome): Promise<void>;
}

/** Files kept beside each other: a few blocks with their notes, and sources. */
const KEPT_FILES = 8;

const hex = (text: string): string => hashString(text).toString(16).padStart(8, "0");

/** What is decoded and kept with the pictures, so that other masks or points never come out of an old cache. */
function keptWith(targets: PlanTargets): string {
  if (targets.kind === "masks") return `m${targets.files.join()}${JSON.stringify([targets.values, targets.odd])}`;
  return targets.kind === "points" ? `p${targets.of.map((own) => own.join()).join(";")}` : "";
}

/** The same files through the same transforms, in the same order, in records of one layout. */
function cacheName(index: FileIndex, recipe: Recipe, plan: BlockPlan, recordBytes: number): string {
  const { files, targets, series } = plan;
  const { channels, range, transforms: list } = recipe.data;
  const transforms = JSON.stringify(channels === undefined && range === undefined ? list : [list, channels, range]);
  const own =
    files.join() +
    keptWith(targets) +
    (frameOf(recipe.data) ?? "") +
    (series?.map((row) => row.join()).join(";") ?? "");
  return `pixels-${hex(index.identity + transforms)}${hex(own)}${hex(`${files.length}|${recordBytes}|${own}|${transforms}`)}`;
}

async function loadOutcome(store: CacheStore, name: string): Promise<DecodeOutcome | null> {
  try {
    const blob = await store.load(name);
    return blob === null ? null : (JSON.parse(await blob.text()) as DecodeOutcome);
  } catch {
    return null;
  }
}

export interface BlockCacheOptions {
  readonly store: CacheStore | null;
  readonly index: FileIndex;
  readonly recipe: Recipe;
  readonly plan: BlockPlan;
  readonly recordBytes: number;
  readonly budget: number;
}

/** Opens the cache; what was decoded at an earlier visit is in it. */
export async function openBlockCache(options: BlockCacheOptions): Promise<BlockCache> {
  const { store, index, recipe, plan, recordBytes, budget } = options;
  const name = cacheName(index, recipe, plan, recordBytes);
  const records = plan.files.length;
  const file = (await store?.open(`${name}.bin`, records, recordBytes)) ?? null;
  return {
    pixels: createPixelCache({ records, recordBytes, budget, file }),
    outcome: store === null || file === null ? null : await loadOutcome(store, `${name}.json`),
    async keep(outcome) {
      if (store === null || file === null) return;
      await store.save(`${name}.json`, new Blob([JSON.stringify(outcome)]));
      await store.prune(KEPT_FILES);
    },
  };
}
