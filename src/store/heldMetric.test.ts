// Which of a run's numbers is the one of its model.
import { expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { EpochRow } from "../spec/run";
import { heldMetric } from "./heldMetric";

const shapes = RECIPES["shapes"]!;
const metrics = [{ id: "accuracy", label: "Accuracy", unit: "%", better: "higher" } as const];
const row = (stage: number, validLoss: number, accuracy: number): EpochRow => ({
  stage, epoch: 0, step: 0, trainLoss: 1, validLoss, metrics: [accuracy], seconds: 1,
}); // prettier-ignore
const epochs = [row(0, 0.1, 0.99), row(1, 0.5, 0.7), row(1, 0.4, 0.6), row(1, 0.6, 0.65)];
const keeping = (monitor?: string) => ({
  ...shapes,
  train: { ...shapes.train, callbacks: [{ kind: "saveModel", ...(monitor === undefined ? {} : { monitor }) }] },
});

it("is the last epoch's, also where an earlier one was better", () => {
  expect(heldMetric({ recipe: shapes, metrics, epochs })?.value).toBe(0.65);
  expect(heldMetric({ recipe: shapes, metrics, epochs: [] })).toBeNull();
});

it("is the one of the model that was put back at the end of the last fit", () => {
  expect(heldMetric({ recipe: keeping(), metrics, epochs })?.value).toBe(0.6);
  expect(heldMetric({ recipe: keeping("accuracy"), metrics, epochs })?.value).toBe(0.7);
});
