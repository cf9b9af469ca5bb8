// Every recipe that is built in can be opened from the lessons.
import { expect, it } from "vitest";
import { RECIPES } from "../../../spec/recipes";
import { LESSONS } from "./lessons";

it("the lessons are all the recipes that are built in, the notebooks first and the samples after them", () => {
  expect(LESSONS.map(({ recipe }) => recipe)).toEqual(Object.keys(RECIPES));
});
