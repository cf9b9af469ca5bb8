// The catalogue can cross to the page, and every built-in recipe is made of it.
import { expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import { catalog } from "./catalog";
import { checkChoices } from "./checkChoices";

it("is plain data: nothing of it is lost on the way to the page", () => {
  expect(structuredClone(catalog())).toEqual(catalog());
  for (const list of Object.values(catalog())) expect(list.length).toBeGreaterThan(0);
});

it.each(Object.entries(RECIPES))("has all that %s names, with fields that fit", (_name, recipe) => {
  expect(checkChoices(recipe)).toBeNull();
});

it("names every field of a recipe that does not fit, with its path", () => {
  const { photos } = RECIPES as Record<"photos", (typeof RECIPES)[string]>;
  const wrong = {
    ...photos,
    data: { ...photos.data, normalize: "nothing", augment: [{ kind: "flip", p: 2 }, { kind: "shear" }] },
    model: { ...photos.model, options: { width: "wide" } },
    train: { ...photos.train, optimizer: { kind: "adamw", speed: 1 } },
  };
  const found = checkChoices(wrong);
  expect(found?.code).toBe("RECIPE_FIELDS");
  expect(found?.items.map((item) => item.split(" ")[0]?.replace(":", ""))).toEqual([
    "data.augment.0.p",
    "data.augment.1",
    "data.normalize",
    "model.options.width",
    "train.optimizer.speed",
  ]);
});

it("names what does not fit about loss, callbacks and schedules", () => {
  const { photos } = RECIPES as Record<"photos", (typeof RECIPES)[string]>;
  const wrong = {
    ...photos,
    train: {
      ...photos.train,
      loss: { kind: "mse" },
      callbacks: [
        { kind: "earlyStopping", monitor: "r2" },
        { kind: "mixup", alpha: -1 },
        { kind: "mixup", alpha: 1 },
      ],
      stages: [{ do: "fitSchedule" as const, epochs: 1, lr: 0.1, schedule: { kind: "cosine", half: 2 } }],
    },
  };
  expect(checkChoices(wrong)?.items.map((item) => item.split(" ")[0]?.replace(":", ""))).toEqual([
    "train.stages.0.schedule.half",
    "train.callbacks.0.monitor",
    "train.callbacks.1.alpha",
    "train.callbacks.2",
    "train.loss",
  ]);
  const weights = { ...photos, train: { ...photos.train, loss: { kind: "crossEntropy", classWeights: "1,two" } } };
  expect(checkChoices(weights)?.detail).toContain("numbers with commas");
});
