// Stages read well, and a found rate lands in the fit that comes next.
import { produce } from "immer";
import { describe, expect, it } from "vitest";
import { parseRecipe } from "../spec/parseRecipe";
import { RECIPES } from "../spec/recipes";
import { adoptRate, plannedRate, STAGES, stageToTune, stageWords, withTopRate } from "./stages";

const planet = RECIPES["planet"];
if (!planet) throw new Error("the recipe planet is built in");

describe("stages", () => {
  it("read as a plan", () => {
    expect(planet.train.stages.slice(0, 7).map((stage) => Object.values(stageWords(stage)).join(" | "))).toEqual([
      "Freeze the body | head only",
      "Find a learning rate | 100 steps",
      "Fit one cycle · 5 epochs | 1e-2",
      "Unfreeze | all layers",
      "Find a learning rate | 100 steps",
      "Fit one cycle · 5 epochs | 1e-5 … 2e-3",
      "Resize to 256 px | same split",
    ]);
  });

  it("every new stage fits the recipe's schema", () => {
    const stages = Object.values(STAGES).map(({ fresh }) => fresh);
    const recipe = { ...planet, train: { ...planet.train, stages } };
    expect(parseRecipe(JSON.stringify(recipe))).toEqual({ ok: true, value: recipe });
  });

  it("a found rate goes into the next fit and keeps the early groups' rate", () => {
    expect([stageToTune(planet.train.stages, 1), stageToTune(planet.train.stages, 4)]).toEqual([2, 5]);
    expect(plannedRate(planet.train.stages, 4)).toBe(2e-3);
    const after = produce(planet, (draft) => void adoptRate(draft, 4, 3e-3));
    expect(after.train.stages[5]).toEqual({ do: "fitOneCycle", epochs: 5, lr: { start: 1e-5, stop: 3e-3 } });
  });

  it("without a fit after it, one is added", () => {
    const alone = { ...planet, train: { ...planet.train, stages: [{ do: "lrFind" } as const] } };
    const after = produce(alone, (draft) => void adoptRate(draft, 0, 0.02));
    expect(after.train.stages).toEqual([{ do: "lrFind" }, { do: "fitOneCycle", epochs: 5, lr: 0.02 }]);
  });

  it("a top below the first rate moves the first rate down", () => {
    expect(withTopRate({ start: 1e-3, stop: 1e-2 }, 1e-4)).toEqual({ start: 1e-6, stop: 1e-4 });
    expect(withTopRate({ stop: 1 }, 0.5)).toEqual({ stop: 0.5 });
  });
});
