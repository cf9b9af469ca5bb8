// Weights for the headless runner are found by hand, beside the recipe, or in the data folder; or the word is named.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { weightsPath } from "./weightsPath.mjs";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "glasshouse-weights-"));
  writeFileSync(join(folder, "a.pth"), "x");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recipe = (name: string) => ({ model: { weights: { kind: "file", name } } });
const nothing = { given: null, recipe: "shapes", recipeWord: "shapes", data: null, sets: [] } as const;

it("takes what is given, what lies beside the recipe, and what lies in the data", () => {
  const there = join(folder, "a.pth");
  expect(weightsPath({ ...nothing, given: there })).toBe(there);
  expect(weightsPath({ ...nothing, recipe: recipe("a.pth"), recipeWord: join(folder, "recipe.json") })).toBe(there);
  expect(weightsPath({ ...nothing, recipe: recipe("a.pth"), data: folder })).toBe(there);
  expect(weightsPath({ ...nothing, data: folder, sets: [["model.weights.name", "a.pth"]] })).toBe(there);
  expect(weightsPath({ ...nothing, recipe: recipe("a.pth"), sets: [["model.weights", { kind: "none" }]] })).toBeNull();
  expect(weightsPath(nothing)).toBeNull();
});

it("names what is not there", () => {
  expect(() => weightsPath({ ...nothing, given: "nowhere.pth" })).toThrow("There is no such weight file.");
  expect(() => weightsPath({ ...nothing, recipe: recipe("nowhere.pth") })).toThrow(
    "The recipe's weight file is not there.",
  );
});
