// The batch that a small training set begins with.
import { expect, it } from "vitest";
import { startingBatch } from "./startingBatch";

it.each([
  ["a large set keeps its batch", 64, 5000, 64],
  ["eight steps an epoch at least", 64, 300, 32],
  ["a set of 50 is no single step", 32, 50, 8],
  ["no smaller than a batch norm can measure", 32, 20, 8],
  ["but never more than there are", 32, 5, 4],
  ["one is enough to begin with", 32, 1, 1],
  ["what is small already stays", 4, 50, 4],
])("%s", (_what, batch, train, expected) => {
  expect(startingBatch(batch, train)).toBe(expected);
});
