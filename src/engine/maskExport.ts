// The live model's masks of the validation set as files of class numbers, in one archive with the list of classes.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import type { DataBlock } from "../data/dataBlock";
import { maskNames } from "../data/maskFiles";
import type { TestSet } from "../data/testSet";
import { writeZip, type ZipEntry } from "../formats/zip/writeZip";
import { unpackMask } from "../spec/packedMask";
import { problem } from "../spec/problems";
import type { Learner } from "../train/learner";
import type { MaskPredictions } from "../train/predictAll";

/** A zip of PNGs named as their pictures; what can no longer be read is left out. */
export async function exportMasks(learner: Learner, block: DataBlock | null): Promise<Result<Blob, Problem>> {
  if (learner.data.task !== "segmentation") return err(problem("MASKS_TASK"));
  if (!learner.data.valid) return err(problem("SPLIT_NO_VALID"));
  const found = await learner.predict();
  if (found.kind !== "masks" || block === null) throw new Error("a segmentation predicts masks of its block");
  return zipMasks(found, learner.data.vocab, { path: block.itemPath, maskFile: block.maskFile });
}

/** Predicted masks of any pictures, beside the list of classes. */
export async function zipMasks(
  found: MaskPredictions,
  vocab: readonly string[],
  { path, maskFile }: Pick<TestSet, "path" | "maskFile">,
): Promise<Result<Blob, Problem>> {
  const pixels = found.size[0] * found.size[1];
  const paths = Array.from(found.items, path);
  const names = maskNames(paths);
  const entries: ZipEntry[] = [];
  for (const [i, item] of found.items.entries()) {
    const bytes = await maskFile(item, unpackMask(found.predicted[i] ?? new Uint8Array(), pixels));
    if (bytes) entries.push({ path: names[i] ?? "", bytes });
  }
  if (entries.length === 0) return err(problem("SOURCE_GONE", { items: paths }));
  const codes = new TextEncoder().encode(`${vocab.join("\n")}\n`);
  return ok(writeZip([...entries, { path: "codes.txt", bytes: codes }]));
}
