// The weights of the classes in the loss, once the data says how many there are and how rare each is.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import type { DataLoaders } from "../data/batch";
import { BALANCED, weightsOf } from "../spec/params";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";

/** Keeps the weight of a class without a single pixel finite (Paszke et al. 2016, ENet). */
const ENET = 1.02;

/**
 * What each class counts so that rare ones are not drowned, by counts of the training set, [classes]. Labels:
 * n / (classes · count), as scikit-learn's "balanced". Pixels: 1 / ln(1.02 + share), ENet's, which stays within 1.4 … 50
 * however rare a class is. A class that never occurs, or does not count, weighs 0.
 */
export function balancedWeights(counts: readonly number[], task: Recipe["task"], ignore = -1): number[] {
  const counted = counts.map((count, id) => (id === ignore ? 0 : count));
  const total = counted.reduce((sum, count) => sum + count, 0);
  const present = counted.filter((count) => count > 0).length;
  return counted.map((count) => {
    if (count === 0) return 0;
    return task === "segmentation" ? 1 / Math.log(ENET + count / total) : total / (present * count);
  });
}

/** The recipe's loss with its class weights as numbers; a list of another length than the classes is refused. */
export async function weighClasses(
  { task, train }: Recipe,
  { vocab, classCounts }: Pick<DataLoaders, "vocab" | "classCounts">,
): Promise<Result<Recipe["train"]["loss"], Problem>> {
  const { loss } = train;
  const text = String(loss?.["classWeights"] ?? "");
  if (!loss || text === "") return ok(loss);
  if (text === BALANCED) {
    const weights = balancedWeights((await classCounts?.()) ?? [], task, Number(loss["ignore"] ?? -1));
    return ok({ ...loss, classWeights: weights.map((weight) => Number(weight.toPrecision(6))).join(",") });
  }
  const given = weightsOf(text) ?? [];
  if (given.length === vocab.length) return ok(loss);
  const detail = `train.loss.classWeights has ${given.length} numbers for ${vocab.length} classes. Nothing was changed.`;
  return err(problem("RECIPE_FIELDS", { detail, items: ["train.loss.classWeights"] }));
}
