// Looks at the sizes of a few masks and their pictures before anything is decoded, from the first bytes of the files.
import type { Problem } from "../../base/problem";
import { problem } from "../../spec/problems";
import type { BlockPlan } from "../blockPlan";
import { sizeOfFile } from "../look/pictureSizes";
import type { FileIndex } from "../sources/fileIndex";
import { isSameShape, isSameSize, sizeReason } from "./maskFit";

const LOOKED_AT = 32;

/** Masks of another size or shape among those looked at; whether a picture is stored turned is left to decoding. */
export async function peekSizes(index: FileIndex, plan: BlockPlan): Promise<readonly Problem[]> {
  const { targets, files, path } = plan;
  if (targets.kind !== "masks") return [];
  const items = [...files.keys()].filter((item) => (targets.files[item] ?? -1) >= 0);
  const step = Math.max(1, items.length / LOOKED_AT);
  // From the first to the last: what is odd often comes in a row.
  const some = Array.from(
    { length: Math.min(items.length, LOOKED_AT) },
    (_, i) => items[Math.floor(i * step)] as number,
  );
  const found: Record<"MASK_SIZE" | "MASK_SHAPE", string[]> = { MASK_SIZE: [], MASK_SHAPE: [] };
  for (const item of some) {
    const own = targets.files[item] as number;
    const [[width, height], [across, down]] = [await sizeOfFile(index, files[item] as number), await sizeOfFile(index, own)]; // prettier-ignore
    // What cannot be read is named when everything is decoded.
    if (width * height * across * down === 0) continue;
    const [picture, mask] = [
      { width, height },
      { width: across, height: down },
    ];
    const turned = { width: height, height: width };
    if ([picture, turned].some((one) => isSameSize(mask, one))) continue;
    const code = [picture, turned].some((one) => isSameShape(mask, one)) ? "MASK_SIZE" : "MASK_SHAPE";
    if (code === "MASK_SHAPE" || !targets.odd.scaled)
      found[code].push(`${path(item)}: ${sizeReason(index.paths[own] ?? "", mask, picture)}`);
  }
  return (["MASK_SIZE", "MASK_SHAPE"] as const).flatMap((code) => (found[code].length > 0 ? [problem(code, { items: found[code] })] : [])); // prettier-ignore
}
