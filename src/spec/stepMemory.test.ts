// How many pictures of a step fit at once: all of them, even parts, or one.
import { describe, expect, it } from "vitest";
import { budgetOf, evenPart, itemsAtOnce, stepBytes } from "./stepMemory";

const MB = 1e6;
const memory = { weights: 100 * MB, perItem: 200 * MB, largest: 20 * MB, least: 1 } as const;

describe("itemsAtOnce", () => {
  it.each([
    // 500 MB of weights and 8 × 200 MB
    { budget: 2100, buffer: 1000, batch: 8, atOnce: 8 },
    // One more copy of the weights: (2,000 − 600) / 200 = 7, and two parts of eight are four each.
    { budget: 2000, buffer: 1000, batch: 8, atOnce: 4 },
    { budget: 1000, buffer: 1000, batch: 8, atOnce: 2 },
    { budget: 100, buffer: 1000, batch: 8, atOnce: 1 },
    // A buffer holds five pictures of 20 MB.
    { budget: 9000, buffer: 100, batch: 8, atOnce: 4 },
    { budget: 9000, buffer: 10, batch: 8, atOnce: 1 },
    { budget: 2100, buffer: 1000, batch: 1, atOnce: 1 },
  ])("$atOnce of $batch within $budget MB, $buffer MB a buffer", ({ budget, buffer, batch, atOnce }) => {
    const limits = { budget: budget * MB, buffer: buffer * MB };
    expect(itemsAtOnce(memory, batch, limits)).toBe(atOnce);
    if (atOnce > 1) expect(stepBytes(memory, batch, atOnce)).toBeLessThanOrEqual(limits.budget);
  });
});

it("takes the recipe's gigabytes, or the usual ones", () => {
  expect([budgetOf(2), budgetOf(undefined)]).toEqual([2e9, 4e9]);
});

it.each([
  [8, 3, 1, 3],
  [5, 2, 1, 2],
  // Three parts of five would leave one alone.
  [5, 2, 2, 3],
  [3, 1, 2, 3],
  [4, 0, 2, 2],
])("%i in parts of at most %i and at least %i: %i", (batch, most, least, part) => {
  expect(evenPart(batch, most, least)).toBe(part);
});
