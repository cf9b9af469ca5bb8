// What two recipes differ in, named by path, and nothing else.
import { describe, expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { recipeDifferences } from "./recipeDifferences";

const planet = RECIPES["planet"] as Recipe;

describe("differences of recipes", () => {
  it("are none for the same recipe under another title", () => {
    expect(recipeDifferences([planet, { ...planet, title: "again" }])).toEqual([]);
  });

  it("name the field and give every run's value", () => {
    const other = { ...planet, seed: 7, data: { ...planet.data, batchSize: 32 } };
    expect(recipeDifferences([planet, other, planet])).toEqual([
      { path: "seed", values: ["42", "7", "42"] },
      { path: "data.batchSize", values: ["64", "32", "64"] },
    ]);
  });

  it("compare a transform with its own kind, wherever it stands in the list", () => {
    const [first, ...rest] = planet.data.augment;
    const without = { ...planet, data: { ...planet.data, augment: rest } };
    expect(first?.kind).toBe("dihedralAffine");
    expect(recipeDifferences([planet, without])).toEqual([
      { path: "data.augment.dihedralAffine.kind", values: ["dihedralAffine", null] },
    ]);
  });

  it("see a longer schedule as the stage that one run has and the other has not", () => {
    const shorter = { ...planet, train: { ...planet.train, stages: planet.train.stages.slice(0, -1) } };
    const paths = recipeDifferences([planet, shorter]).map(({ path }) => path);
    const last = planet.train.stages.length - 1;
    expect(paths).toContain(`train.stages.${last}.do`);
    expect(paths.every((path) => path.startsWith(`train.stages.${last}.`))).toBe(true);
  });
});
