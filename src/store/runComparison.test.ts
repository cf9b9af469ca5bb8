// Runs side by side: measures, best values, time summed over epochs.
import { describe, expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { measureRuns, measuresOf, VALID_LOSS } from "./runComparison";
import { newRun, type Run } from "./runs";

const accuracy = { id: "accuracy", label: "Accuracy", unit: "%", better: "higher" } as const;

function run(
  id: string,
  rows: readonly (readonly [number, number | null])[],
  metrics: Run["metrics"] = [accuracy],
): Run {
  const blank = newRun(id, RECIPES["shapes"] as Recipe, null, []);
  const epochs = rows.map(([validLoss, value], epoch) => ({
    ...{ stage: 0, epoch, step: epoch + 1, trainLoss: 1, seconds: 2 },
    ...{ validLoss, metrics: metrics.length === 0 ? [] : [value] },
  }));
  return { ...blank, metrics, epochs };
}

describe("runs side by side", () => {
  it("can be compared by the validation loss and by what any of them measures", () => {
    expect(measuresOf([run("a", []), run("b", [], [])])).toEqual([VALID_LOSS, accuracy]);
  });

  it("sum the seconds of their epochs and leave out what is no number", () => {
    const [one] = measureRuns([run("a", [[Number.NaN, 0.5], [0.4, null], [0.6, 0.75]])], VALID_LOSS); // prettier-ignore
    expect(one?.points).toEqual([
      { epoch: 1, seconds: 4, value: 0.4 },
      { epoch: 2, seconds: 6, value: 0.6 },
    ]);
    expect(one?.best).toBe(0.4);
  });

  it("take the highest value where higher is better, and none where it is not measured", () => {
    const runs = [run("a", [[1, 0.5], [1, 0.75], [1, 0.7]]), run("b", [[1, null]], [])]; // prettier-ignore
    expect(measureRuns(runs, accuracy).map(({ best }) => best)).toEqual([0.75, null]);
  });
});
