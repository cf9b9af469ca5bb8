// Streams are reproducible, separate, and uniform enough.
import { describe, expect, it } from "vitest";
import { createRng, mixSeed, shuffled } from "./rng";

describe("createRng", () => {
  it("repeats itself for one stream and differs between streams", () => {
    const draw = (...parts: (number | string)[]) => {
      const rng = createRng(...parts);
      return Array.from({ length: 5 }, () => rng.bits());
    };
    expect(draw(42, "split")).toEqual(draw(42, "split"));
    expect(draw(42, "split")).not.toEqual(draw(42, "augment"));
    expect(draw(42, "augment", 1, 2)).not.toEqual(draw(42, "augment", 2, 1));
    expect(mixSeed(1, "a")).toBe(mixSeed(1, "a"));
  });

  it("has the mean and variance of a uniform and of a normal", () => {
    const rng = createRng(7, "moments");
    const n = 20000;
    let sum = 0;
    let square = 0;
    let normal = 0;
    let normalSquare = 0;
    for (let i = 0; i < n; i += 1) {
      const u = rng.uniform();
      sum += u;
      square += u * u;
      const z = rng.normal();
      normal += z;
      normalSquare += z * z;
    }
    // Four standard errors of each estimate.
    expect(Math.abs(sum / n - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    expect(Math.abs(square / n - 1 / 3)).toBeLessThan(4 * Math.sqrt(4 / 45 / n));
    expect(Math.abs(normal / n)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(normalSquare / n - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });
});

describe("shuffled", () => {
  it("keeps every item once", () => {
    const items = Array.from({ length: 100 }, (_, i) => i);
    const mixed = shuffled(items, createRng(1));
    expect(mixed).not.toEqual(items);
    expect([...mixed].sort((a, b) => a - b)).toEqual(items);
  });
});
