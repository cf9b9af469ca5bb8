// The target block of each task, and the targets of a whole plan.
import type { Task } from "../../spec/recipe";
import type { BlockPlan } from "../blockPlan";
import { category } from "./category";
import { floats } from "./floats";
import { masks } from "./masks";
import { multiCategory } from "./multiCategory";
import { points } from "./points";
import type { TargetBlock } from "./targetBlock";

export const TARGET_BLOCKS: Readonly<Record<Task, TargetBlock>> = {
  singleLabel: category,
  multiLabel: multiCategory,
  segmentation: masks,
  points,
  regression: floats,
};

export interface Targets {
  readonly block: TargetBlock;
  /** Bytes an item. */
  readonly bytes: number;
  /** [items × bytes]; null where the targets come with the decoded pictures. */
  readonly planned: Uint8Array<ArrayBuffer> | null;
}

/** The targets of every item of a plan, for pictures of this height and width. */
export function targetsOf(plan: BlockPlan, size: readonly [number, number]): Targets {
  const block = TARGET_BLOCKS[plan.task];
  const bytes = block.bytes(plan, size);
  if (block.encode === null) return { block, bytes, planned: null };
  const planned = new Uint8Array(plan.files.length * bytes);
  for (let item = 0; item < plan.files.length; item += 1)
    block.encode(plan, item, planned.subarray(item * bytes, (item + 1) * bytes));
  return { block, bytes, planned };
}
