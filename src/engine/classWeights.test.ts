// Class weights by rarity: scikit-learn's for labels, ENet's for pixels; the loss with them, and lists that do not fit.
import { describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { balancedWeights, weighClasses } from "./classWeights";

const photos = RECIPES["photos"] as Recipe;
const weighted = (classWeights: string): Recipe => ({
  ...photos,
  train: { ...photos.train, loss: { kind: "crossEntropy", classWeights } },
});
const data = { vocab: ["cat", "dog", "owl"], classCounts: async () => [60, 30, 10] };

describe("balancedWeights", () => {
  it("of labels: n over classes times count, so that every class counts the same in all", () => {
    const weights = balancedWeights([60, 30, 10], "singleLabel");
    expect(weights.map((weight, i) => weight * ([60, 30, 10][i] ?? 0))).toEqual([100 / 3, 100 / 3, 100 / 3].map((n) => expect.closeTo(n, 9))); // prettier-ignore
  });

  it("of pixels: 1 / ln(1.02 + share), from 1.4 to 50", () => {
    const [all = 0, none, rare = 0] = balancedWeights([999_999, 0, 1], "segmentation");
    expect([all, none, rare]).toEqual([expect.closeTo(1 / Math.log(2.02), 4), 0, expect.closeTo(50.5, 1)]);
  });

  it("leaves the class out that does not count", () => {
    expect(balancedWeights([80, 10, 10], "singleLabel", 0)).toEqual([0, 1, 1]);
  });
});

describe("weighClasses", () => {
  it("works the numbers out from the training set, or takes the given ones", async () => {
    const byRarity = unwrap(await weighClasses(weighted("balanced"), data));
    expect(byRarity?.["classWeights"]).toBe("0.555556,1.11111,3.33333");
    expect(unwrap(await weighClasses(weighted("1, 2, 3"), data))?.["classWeights"]).toBe("1, 2, 3");
    expect(unwrap(await weighClasses(photos, data))).toBe(photos.train.loss);
  });

  it("refuses a list of another length than the classes", async () => {
    const refused = await weighClasses(weighted("1, 2"), data);
    expect(refused).toMatchObject({ ok: false, error: { code: "RECIPE_FIELDS", items: ["train.loss.classWeights"] } });
  });
});
