// Normalisation: what is measured, what is known, and what is done for other numbers of channels.
import { describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { createStatsMeter, NORMALIZATIONS, statsFor, type Normalization } from "./normalize";

const known = (id: string): Normalization => {
  const found = NORMALIZATIONS.get(id);
  if (!found) throw new Error(id);
  return found;
};

describe("measuring", () => {
  it.each([1, 2, 3, 5])("gives mean and spread of each of %i channels", (channels) => {
    const rng = createRng("stats", channels);
    const pictures = [40, 24].map((n) => Uint8Array.from({ length: n * channels }, () => rng.below(256)));
    const meter = createStatsMeter(channels);
    for (const one of pictures) meter.add(one);
    const { mean, std } = meter.stats() ?? { mean: [], std: [] };
    for (let c = 0; c < channels; c += 1) {
      const values = pictures.flatMap((one) => [...one].filter((_, i) => i % channels === c)).map((v) => v / 255);
      const own = values.reduce((a, b) => a + b, 0) / values.length;
      const spread = Math.sqrt(values.reduce((a, b) => a + (b - own) ** 2, 0) / values.length);
      expect(mean[c]).toBeCloseTo(own, 12);
      expect(std[c]).toBeCloseTo(spread, 10);
    }
    expect(mean).toHaveLength(channels);
  });

  it("knows nothing of no pictures, and takes a spread of zero for one", () => {
    expect(createStatsMeter().stats()).toBeNull();
    const meter = createStatsMeter(1);
    meter.add(Uint8Array.of(51, 51));
    expect(meter.stats()).toEqual({ mean: [0.2], std: [1] });
  });
});

describe("known statistics", () => {
  it("give the ranges that networks were trained with", () => {
    const scaled = (id: string, value: number): number[] => {
      const { mean, std } = known(id).stats ?? { mean: [], std: [] };
      return mean.map((m, c) => (value - m) / (std[c] as number));
    };
    expect(scaled("half", 0)).toEqual([-1, -1, -1]);
    expect(scaled("half", 1)).toEqual([1, 1, 1]);
    // Keras's and Caffe's: 0 to 255 less these means, here in the order red, green, blue.
    scaled("caffe", 1).forEach((v, c) => expect(v).toBeCloseTo(255 - ([123.68, 116.779, 103.939][c] as number), 9));
  });

  it("reach to other numbers of channels", () => {
    const measured = { mean: [0.1, 0.2, 0.3, 0.4], std: [0.01, 0.02, 0.03, 0.04] };
    const four = statsFor(known("imagenet"), 4, measured);
    expect(four).toEqual({ mean: [0.485, 0.456, 0.406, 0.4], std: [0.229, 0.224, 0.225, 0.04] });
    expect(statsFor(known("half"), 1, null)).toEqual({ mean: [0.5], std: [0.5] });
    expect(statsFor(known("imagenet"), 1, null)?.mean[0]).toBeCloseTo((0.485 + 0.456 + 0.406) / 3, 12);
    expect(statsFor(known("measured"), 4, measured)).toBe(measured);
    expect(statsFor(known("measured"), 4, null)).toBeNull();
  });
});
