// Batches for few items: smaller ones, so that an epoch has about ten steps or more, and the usual ones for all others.
import { expect, it } from "vitest";
import { fewItems } from "./fewItems";

it.each([
  [1, 8],
  [50, 8],
  [183, 8],
  [319, 16],
  [320, undefined],
  [10_000, undefined],
])("%i items to train on: batches of %s", (train, batchSize) => {
  const { data, evidence } = fewItems(train);
  expect(data.batchSize).toBe(batchSize);
  expect(evidence).toHaveLength(batchSize === undefined ? 0 : 1);
  if (batchSize !== undefined && train >= 80) expect(train / batchSize).toBeGreaterThanOrEqual(10);
});
