// Every built-in recipe is a valid document that survives JSON.
import { describe, expect, it } from "vitest";
import { parseRecipe } from "../parseRecipe";
import { RECIPES } from "./index";

describe("the built-in recipes", () => {
  it.each(Object.entries(RECIPES))("%s parses to itself", (_name, recipe) => {
    expect(parseRecipe(JSON.stringify(recipe))).toEqual({ ok: true, value: recipe });
  });
});
