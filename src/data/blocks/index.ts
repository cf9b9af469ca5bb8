// The target block of each task, and the targets of a whole plan.
import type { Task } from "../../spec/recipe";
import type { BlockPlan } from "../blockPlan";
import { category } from "./category";
import { multiCategory } from "./multiCategory";
import type { TargetBlock } from "./targetBlock";

export const TARGET_BLOCKS: Readonly<Record<Task, TargetBlock>> = { singleLabel: category, multiLabel: multiCategory };

export interface Targets {
  readonly block: TargetBlock;
  readonly width: number;
  /** [items × width] */
  readonly values: Int32Array;
}

/** The targets of every item of a plan. */
export function targetsOf({ task, labels, vocab }: BlockPlan): Targets {
  const block = TARGET_BLOCKS[task];
  const width = block.width(vocab);
  const values = new Int32Array(labels.length * width);
  for (const [item, own] of labels.entries()) block.encode(own, vocab, values, item * width);
  return { block, width, values };
}
