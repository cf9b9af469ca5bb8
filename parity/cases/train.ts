// Whole runs of fastai's Learner, step by step: learning rates, momentum, losses, validation and final weights.
import type { TensorSummary } from "../../src/testing/uniform";
import { compare } from "../compare";
import { perform, runSchema } from "../learnerRun";
import type { OurRun, Run, RunResult } from "../learnerRun";
import type { Family, ParityCase, Quantity } from "../parityCase";
import { entryOf } from "../reference";
import type { Reference } from "../reference";
import * as tolerance from "../tolerances";
import type { Tolerance } from "../tolerances";

const file = "training.json";

/** Two runs that only rounding keeps apart. */
type Twins = readonly [RunResult, RunResult];

/**
 * How far rounding alone may carry each number of a run: ten times the largest distance of twins so far (a run does not
 * come back to its way, though its distance may pass through zero), and a ten-thousandth.
 */
function allowed(expected: readonly number[], twins: readonly (readonly [readonly number[], readonly number[]])[]) {
  let distance = 0;
  return expected.map((value, i) => {
    for (const [a, b] of twins) distance = Math.max(distance, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
    return 10 * distance + 1e-4 * Math.abs(value);
  });
}

/** The same for a tensor's summary; single values and the mean by the distance and size of its values. */
function finalTensor(item: string, ours: OurRun, run: Run, twins: readonly Twins[], limit: Tolerance): Quantity {
  const root = Math.sqrt(ours.sizes[item] ?? 0);
  const list = (summary: TensorSummary | undefined): number[] =>
    summary ? [summary.l2 / root, summary.mean, ...summary.first] : [];
  const expected = list(run.params[item]);
  const distances = expected.map((_, i) =>
    Math.max(...twins.map(([a, b]) => Math.abs((list(a.params[item])[i] ?? 0) - (list(b.params[item])[i] ?? 0)))),
  );
  const size = 1e-4 * (expected[0] ?? 0);
  const single = 10 * Math.max(...distances) + size;
  const scale = expected.map((_, i) => (i === 0 ? 10 * (distances[0] ?? 0) + size : single));
  const actual = list(ours.params[item]).slice(0, expected.length);
  return { quantity: "final tensors", item, actual, expected, scale, tolerance: limit };
}

function quantitiesOf(ours: OurRun, run: Run, twins: readonly Twins[], limit: Tolerance): Quantity[] {
  const lossScale = allowed(run.loss, twins.map(([a, b]) => [a.loss, b.loss] as const)); // prettier-ignore
  const validScale = allowed(run.valid_loss, twins.map(([a, b]) => [a.valid_loss, b.valid_loss] as const)); // prettier-ignore
  return [
    { quantity: "learning rates", actual: ours.lr, expected: run.lr.flat(), tolerance: tolerance.formula },
    { quantity: "momentum", actual: ours.mom, expected: run.mom, tolerance: tolerance.formula },
    { quantity: "loss of every step", actual: ours.loss, expected: run.loss, scale: lossScale, tolerance: limit },
    { quantity: "validation loss", actual: ours.valid_loss, expected: run.valid_loss, scale: validScale, tolerance: limit }, // prettier-ignore
    ...Object.keys(run.params).map((item) => finalTensor(item, ours, run, twins, limit)),
  ];
}

async function* compareRun(run: Run, reference: Reference): AsyncIterable<Quantity> {
  const ours = await perform(run, reference, 0);
  const twins: Twins[] = [[run, run.float64]];
  let quantities = quantitiesOf(ours, run, twins, tolerance.trainingRun);
  for (let seed = 1; seed <= 2 && !quantities.every((quantity) => compare(quantity).ok); seed += 1) {
    twins.push([ours, await perform(run, reference, seed)]);
    quantities = quantitiesOf(ours, run, twins, tolerance.swayingRun);
  }
  yield* quantities;
}

/** One case a run. */
export const trainFamily: Family = (reference) =>
  reference
    .keys(file)
    .filter((key) => key.startsWith("train:"))
    .map((key): ParityCase => {
      const run = reference.entry(file, key, runSchema);
      return {
        name: `train/${key.slice("train:".length)}`,
        cost: run.freeze ? "middling" : "heavy",
        covers: [entryOf(file, key)],
        run: () => compareRun(run, reference),
      };
    });
