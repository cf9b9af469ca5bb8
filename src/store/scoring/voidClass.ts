// The class that a run's scores leave out.
import type { Recipe } from "../../spec/recipe";

/** Its number, or −1 where all pixels count. */
export function voidClassOf(recipe: Pick<Recipe, "metrics"> | null, vocab: readonly string[]): number {
  const name = recipe?.metrics.find((metric) => typeof metric["void"] === "string" && metric["void"] !== "")?.["void"];
  return name === undefined ? -1 : vocab.indexOf(String(name));
}
