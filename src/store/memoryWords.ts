// What a training step takes of the GPU's memory, in words.
import type { Recipe } from "../spec/recipe";
import type { ModelSummary } from "../spec/run";
import { budgetOf } from "../spec/stepMemory";
import { formatBytes } from "./formatNumbers";

/** One sentence for each picture size that the stages go through. */
export function memoryWords({ data, train }: Recipe, summary: Pick<ModelSummary, "steps"> | null): string[] {
  const { batchSize } = data;
  return (summary?.steps ?? []).map(({ size, bytes, atOnce, bytesAtOnce }, i, all) => {
    const at = all.length > 1 ? `At ${size[0]} × ${size[1]}: ` : "";
    const pictures = batchSize === 1 ? "one picture" : `${batchSize} pictures`;
    if (atOnce >= batchSize) {
      // On the processor nothing is cut into parts, however much it is.
      const limit = bytes > budgetOf(train.memory) ? "" : ` of the ${formatBytes(budgetOf(train.memory))} that it may take`;
      return `${at}a step of ${pictures} takes about ${formatBytes(bytes)}${limit}.`;
    }
    const few = atOnce === 1 ? "one at a time" : `${atOnce} at a time`;
    return `${at}${pictures} at once would take about ${formatBytes(bytes)}. They are computed ${few}, with about ${formatBytes(bytesAtOnce)}, and together make one step.`;
  }).map((sentence) => sentence.charAt(0).toUpperCase() + sentence.slice(1)); // prettier-ignore
}
