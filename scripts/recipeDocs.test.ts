// `docs/recipe.md` says what the schema says, with a sentence for every field; `npm run docs` writes it anew.
import { expect, it } from "vitest";
import { RECIPE_HELP } from "../src/spec/recipeHelp";
import { recipeDocs, recipeFields } from "./recipeDocs";

it("every field of the recipe has its sentence, and every sentence its field", () => {
  expect(Object.keys(RECIPE_HELP).sort()).toEqual(
    recipeFields()
      .map(({ path }) => path)
      .sort(),
  );
});

it("docs/recipe.md is up to date", async () => {
  await expect(recipeDocs()).toMatchFileSnapshot("../docs/recipe.md");
});
