// The loaders of a block: its used items in the order of training and of validation.
import { TARGET_BLOCKS, targetsOf } from "./blocks";
import type { AugmentChain } from "./augment";
import type { DataLoader, DataLoaders } from "./batch";
import type { BlockPlan } from "./blockPlan";
import type { CollateOptions } from "./collate";
import { countClasses } from "./classCounts";
import { createDataLoader } from "./dataLoader";
import type { Dataset } from "./dataset";
import type { DecodeOutcome } from "./decodeAll";
import type { Recipe } from "../spec/recipe";
import type { Stats } from "./normalize";
import { droppedTwins, usedItems } from "./report";
import { evensClasses } from "./evensClasses";
import { evenClasses, sequential, shuffle, thinClasses, type Sampler } from "./sampler";

/** The order of a set's items, epoch by epoch. */
export function orderOf(recipe: Recipe, plan: BlockPlan, items: readonly number[], training: boolean): Sampler {
  if (!training) return sequential(items);
  const classOf = (item: number): string => plan.labels[item]?.[0] ?? "";
  const sampled = { largest: evenClasses, smallest: thinClasses } as const;
  const even = evensClasses(recipe);
  return even === null ? shuffle(items, recipe.seed) : sampled[even](items, classOf, recipe.seed);
}

export interface LoaderParts {
  readonly recipe: Recipe;
  readonly plan: BlockPlan;
  readonly dataset: Dataset;
  readonly augment: AugmentChain;
  readonly stats: Stats;
  readonly outcome: DecodeOutcome | null;
}

/** Training and validation batches of what could be read. */
export function makeLoaders({ recipe, plan, dataset, augment, stats, outcome }: LoaderParts): DataLoaders {
  const { train, valid } = usedItems(plan, outcome, droppedTwins(plan, outcome, recipe));
  const [height, width] = dataset.shape;
  const targets = targetsOf(plan, [height, width]);
  const common = { dataset, targets, stats };
  const [tall, wide] = augment.size(dataset.shape);
  const [fullTall, fullWide] = augment.evaluate(dataset.shape).size;
  // Whole pictures are larger than the pieces of training: fewer of them take as much memory.
  const whole = Math.max(1, Math.floor((recipe.data.batchSize * tall * wide) / (fullTall * fullWide)));
  const loader = (items: readonly number[], view: CollateOptions["view"]): DataLoader => {
    const training = view === "train";
    const sampler = orderOf(recipe, plan, items, training);
    return createDataLoader({
      ...common,
      batchSize: view === "valid" ? Math.min(whole, recipe.data.batchSize) : recipe.data.batchSize,
      items: sampler.order(0).length,
      sampler,
      augment,
      view,
      dropLast: training,
    });
  };
  return {
    train: loader(train, "train"),
    valid: valid.length === 0 ? null : loader(valid, "valid"),
    testTime: valid.length === 0 ? null : (variant) => loader(valid, variant),
    vocab: plan.vocab.names,
    outputs: TARGET_BLOCKS[plan.task].outputs(plan),
    task: plan.task,
    ...(plan.task === "singleLabel" || plan.task === "segmentation"
      ? { classCounts: () => countClasses(dataset, targets, train, plan.vocab.names.length) }
      : {}),
    tiles: augment.overlap === null ? null : { size: [tall, wide], overlap: augment.overlap },
    inputShape: [tall, wide, dataset.shape[2]],
    dispose: () => {},
  };
}
