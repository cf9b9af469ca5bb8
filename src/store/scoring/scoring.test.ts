// Scores of predictions against fastai's numbers: worked examples, and the reference logits when they are at hand.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasShared, readSharedJson } from "../../testing/shared";
import { accuracyOf, confusionMatrix, itemsOfCell, predictedClasses, shareOfRow } from "./confusion";
import { accuracyAbove, bestOfSweep, fbeta, SWEEP, sweepAll, sweepLabel } from "./fbeta";
import { mostConfused } from "./mostConfused";
import { perLabelScores } from "./perLabel";
import { labelsAbove, sameThreshold, thresholdOf } from "./threshold";
import { topLosses } from "./topLosses";

const worked = {
  vocab: ["a", "b", "c", "d"],
  probabilities: Float32Array.from([0.9, 0.3, 0.1, 0.05, 0.1, 0.6, 0.25, 0.1]),
  targets: Int32Array.from([1, 0, 1, 0, 0, 1, 0, 0]),
};

/** The generator of the reference folder: FNV-1a seed, mulberry32 values in [-1, 1). */
function uniform(name: string, length: number): number[] {
  let seed = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) seed = Math.imul(seed ^ byte, 0x01000193) >>> 0;
  return Array.from({ length }, (_, i) => {
    const a = (seed + Math.imul(i + 1, 0x6d2b79f5)) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return Math.fround(((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1);
  });
}

interface ReferenceMetrics {
  readonly metrics: { readonly multi: Record<string, number>; readonly single: Record<string, unknown> };
}
const read = async () => ({
  salt: (await readSharedJson<{ salt: string }>("reference/meta.json")).salt,
  ...(await readSharedJson<ReferenceMetrics>("reference/training.json")).metrics,
});
if (!hasShared) console.log("skipped: the reference numbers (../shared/reference) are not here");

describe("several labels", () => {
  it("scores fastai's worked example: F2 at 0.2 is the mean of 0.5 and 0.8333", () => {
    const at = sameThreshold(0.2, 4);
    expect(fbeta(worked, at, 2)).toBeCloseTo((0.5 + 5 / 6) / 2, 7);
    expect(accuracyAbove(worked, at)).toBe(0.625);
  });

  it.skipIf(!hasShared)("scores the reference logits as fastai does", async () => {
    const { salt, multi } = await read();
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    const scored = {
      vocab: Array.from({ length: 17 }, (_, i) => String(i)),
      probabilities: Float32Array.from(uniform(`${salt}m.logits`, 16 * 17).map(sigmoid)),
      targets: Int32Array.from(uniform(`${salt}m.t`, 16 * 17), (value) => (value > 0.3 ? 1 : 0)),
    };
    expect(fbeta(scored, sameThreshold(0.2, 17), 2)).toBeCloseTo(multi["fbeta_0.2"] ?? NaN, 6);
    expect(fbeta(scored, sameThreshold(0.5, 17), 1)).toBeCloseTo(multi["fbeta_0.5_beta1"] ?? NaN, 6);
    expect(accuracyAbove(scored, sameThreshold(0.2, 17))).toBeCloseTo(multi["accuracy_thresh_0.2"] ?? NaN, 6);
    expect(accuracyAbove(scored, sameThreshold(0.5, 17))).toBeCloseTo(multi["accuracy_thresh_0.5"] ?? NaN, 6);
  });

  it("an item without labels or without predictions scores 0, as in fastai", () => {
    const empty = { vocab: ["a"], probabilities: Float32Array.from([0.1]), targets: Int32Array.from([0]) };
    expect(fbeta(empty, sameThreshold(0.2, 1), 2)).toBe(0);
    expect(
      fbeta({ ...empty, probabilities: new Float32Array(), targets: new Int32Array() }, sameThreshold(0.2, 1), 2),
    ).toBeNull();
  });

  it("counts each label's own table", () => {
    const [a, b, c, d] = perLabelScores(worked, sameThreshold(0.2, 4));
    expect(a).toMatchObject({ tp: 1, fp: 0, fn: 0, tn: 1, support: 1, precision: 1, recall: 1, f1: 1, f2: 1 });
    expect(b).toMatchObject({ tp: 1, fp: 1, fn: 0, tn: 0, precision: 0.5, recall: 1 });
    expect(b?.f1).toBeCloseTo(2 / 3, 12);
    expect(b?.f2).toBeCloseTo(5 / 6, 12);
    expect(c).toMatchObject({ tp: 0, fp: 1, fn: 1, tn: 0, precision: 0, recall: 0, f1: 0 });
    expect(d).toMatchObject({ tp: 0, fp: 0, fn: 0, tn: 2, support: 0, precision: null, recall: null, f1: null });
  });

  it("a threshold of its own changes only its label", () => {
    const [a, b] = perLabelScores(worked, Float32Array.from([0.2, 0.5, 0.2, 0.2]));
    expect([a?.tp, b?.tp, b?.fp]).toEqual([1, 1, 0]);
  });

  it("a probability equal to the threshold in float32 does not count as above it", () => {
    expect(labelsAbove(Float32Array.from([0.2, 0.20001]), sameThreshold(0.2, 2))).toEqual([1]);
  });

  it("the sweep equals scoring at each threshold on its own", () => {
    const probability = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 100 }).map((k) => k / 100),
    );
    const items = fc.array(
      fc.tuple(
        fc.array(probability, { minLength: 3, maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(items, (rows) => {
        const scored = {
          vocab: ["a", "b", "c"],
          probabilities: Float32Array.from(rows.flatMap(([row]) => row)),
          targets: Int32Array.from(rows.flatMap(([, row]) => row.map(Number))),
        };
        for (const [k, { threshold, score }] of sweepAll(scored, 2).entries()) {
          expect(threshold).toBe(SWEEP[k]);
          expect(score).toBeCloseTo(fbeta(scored, sameThreshold(threshold, 3), 2) ?? NaN, 9);
        }
        for (const { threshold, score } of sweepLabel(scored, 1, 2))
          expect(score).toBeCloseTo(perLabelScores(scored, sameThreshold(threshold, 3))[1]?.f2 ?? 0, 9);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it("the best threshold is the middle of the best stretch", () => {
    const points = [0, 1, 3, 3, 3, 2].map((score, i) => ({ threshold: i / 10, score }));
    expect(bestOfSweep(points)).toEqual({ threshold: 0.3, score: 3 });
    expect(bestOfSweep([])).toBeNull();
  });

  it("takes the threshold from the recipe's metrics, 0.2 without one", () => {
    expect(thresholdOf({ metrics: [{ kind: "accuracy" }, { kind: "fbeta", thresh: 0.35 }] })).toBe(0.35);
    expect(thresholdOf({ metrics: [] })).toBe(0.2);
  });
});

describe("one label", () => {
  it.skipIf(!hasShared)("counts the reference logits as fastai's ConfusionMatrix does", async () => {
    const { salt, single } = await read();
    const predicted = predictedClasses(Float32Array.from(uniform(`${salt}c.logits`, 64 * 7)), 7);
    const targets = Int32Array.from(uniform(`${salt}c.t`, 64), (value) => Math.min(6, Math.floor((value + 1) * 3.5)));
    const matrix = confusionMatrix(targets, predicted, 7);
    expect([...matrix.counts]).toEqual((single["ConfusionMatrix{}"] as number[][]).flat());
    expect(accuracyOf(matrix)).toBeCloseTo(single["accuracy"] as number, 7);
  });

  const targets = Int32Array.from([0, 0, 1, 1, 1, 2]);
  const predicted = Int32Array.from([0, 1, 1, 0, 0, 2]);

  it("finds the items of a cell, the shares of a row and the pairs mistaken most", () => {
    const matrix = confusionMatrix(targets, predicted, 4);
    expect(itemsOfCell(targets, predicted, 1, 0)).toEqual([3, 4]);
    expect([...shareOfRow(matrix).slice(0, 4)]).toEqual([0.5, 0.5, 0, 0]);
    expect([...shareOfRow(matrix).slice(12)]).toEqual([0, 0, 0, 0]);
    expect(mostConfused(matrix)).toEqual([
      { actual: 1, predicted: 0, count: 2 },
      { actual: 0, predicted: 1, count: 1 },
    ]);
    expect(mostConfused(matrix, 2)).toHaveLength(1);
    expect(accuracyOf(confusionMatrix(new Int32Array(), new Int32Array(), 2))).toBeNull();
  });

  it("orders top losses from the largest, what is not a number first", () => {
    const losses = Float32Array.from([1, NaN, 3, 2, 3]);
    expect(topLosses(losses, 3)).toEqual([1, 2, 4]);
    expect(topLosses(losses, 3, (position) => position !== 1)).toEqual([2, 4, 3]);
  });
});
