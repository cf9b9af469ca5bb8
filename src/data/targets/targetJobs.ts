// What is decoded together with each picture of a plan: its mask, or its points.
import type { BlockPlan } from "../blockPlan";
import { TARGET_BLOCKS } from "../blocks";
import type { DatasetOptions } from "../dataset";
import type { Recipe } from "../../spec/recipe";
import type { TargetJob } from "../decode/decodeTarget";
import type { FileIndex } from "../sources/fileIndex";

/** Bytes that the cache keeps behind each picture. */
export function keptTargetBytes(plan: BlockPlan, [height, width]: readonly [number, number, number]): number {
  const block = TARGET_BLOCKS[plan.task];
  return block.encode === null ? block.bytes(plan, [height, width]) : 0;
}

/** What masks and points lie on, where the recipe says it. */
export const frameOf = ({ labels }: Recipe["data"]): TargetJob["frame"] =>
  "frame" in labels ? labels.frame : undefined;

/** The job of each item; a mask whose file cannot be read gives the reason instead. */
export function targetJobs(
  index: FileIndex,
  { targets }: BlockPlan,
  frame: TargetJob["frame"],
): DatasetOptions["target"] {
  return async (item) => {
    if (targets.kind === "points") return { kind: "points", points: targets.of[item] ?? new Float32Array(), frame };
    if (targets.kind !== "masks") return undefined;
    const at = targets.files[item] ?? -1;
    const { scaled, blank } = targets.odd;
    if (at < 0 && blank !== null) return { kind: "oneClass", id: blank };
    const path = index.paths[at] ?? "";
    const file = await index.read(at);
    if (!file.ok) return { ok: false, code: file.error.code, reason: file.error.detail };
    return { kind: "mask", file: file.value, path, values: targets.values, scaled, frame };
  };
}
