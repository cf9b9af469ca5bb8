// Series as pictures: the lesson's golden example, parts of any length, fields by their definitions, colours.
import { describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import { colourOf } from "./colourMap";
import { differenceField, markovField, recurrenceField, SERIES_FIELDS, summationField } from "./fields";
import { paa, toUnit } from "./paa";
import { resizeSeries } from "./resizeSeries";

const noise = (n: number): number[] => {
  const rng = createRng("series", n);
  return Array.from({ length: n }, () => rng.normal());
};

describe("piecewise aggregates", () => {
  it("are means of equal parts, with shares of numbers where they do not fit", () => {
    expect([...paa([1, 3, 5, 7], 2)]).toEqual([2, 6]);
    // Parts of one and a half numbers.
    expect([...paa([2, 4, 6], 2)].map((v) => Number(v.toFixed(12)))).toEqual([(2 + 4 / 2) / 1.5, (4 / 2 + 6) / 1.5].map((v) => Number(v.toFixed(12)))); // prettier-ignore
    expect([...paa([1, 2], 4)]).toEqual([1, 1, 2, 2]);
    const mean = (v: ArrayLike<number>) => Array.from(v).reduce((a, b) => a + b, 0) / v.length;
    expect(mean(paa(noise(97), 13))).toBeCloseTo(mean(noise(97)), 12);
  });

  it("scale to [−1, 1], a flat series to 0", () => {
    expect([...toUnit([0, 0.5, 1])]).toEqual([-1, 0, 1]);
    expect([...toUnit([3, 3])]).toEqual([0, 0]);
  });
});

describe("a series of another length", () => {
  it("is read between its numbers from end to end, as NumPy's interp", () => {
    expect([...resizeSeries(Float32Array.of(0, 2, 4), 5, "linear")]).toEqual([0, 1, 2, 3, 4]);
    expect([...resizeSeries(Float32Array.of(0, 1, 2, 3, 10), 3, "linear")]).toEqual([0, 2, 10]);
    expect([...resizeSeries(Float32Array.of(7), 3, "linear")]).toEqual([7, 7, 7]);
    expect([...resizeSeries(Float32Array.of(1, 5), 1, "linear")]).toEqual([1]);
  });

  it("is means of its parts, or stays as it is where it has the length", () => {
    expect([...resizeSeries(Float32Array.of(0, 2, 4, 6), 2, "paa")]).toEqual([1, 5]);
    const same = Float32Array.of(1, 2);
    expect(resizeSeries(same, 2, "linear")).toBe(same);
  });
});

describe("fields", () => {
  it("the summation field of 0, ½, 1 is the lesson's", () => {
    expect([...summationField([0, 0.5, 1], 3)].map((v) => v + 0)).toEqual([1, 0, -1, 0, -1, 0, -1, 0, 1]);
  });

  it("are cosines of sums and sines of differences of angles", () => {
    const series = noise(60);
    const phi = toUnit(paa(series, 12)).map(Math.acos);
    const [sum, difference] = [summationField(series, 12), differenceField(series, 12)];
    for (let i = 0; i < 12; i += 1)
      for (let j = 0; j < 12; j += 1) {
        const [a, b] = [phi[i] as number, phi[j] as number];
        expect(sum[i * 12 + j]).toBeCloseTo(Math.cos(a + b), 10);
        expect(difference[i * 12 + j]).toBeCloseTo(Math.sin(a - b), 10);
      }
  });

  it("the Markov field counts how often levels follow each other", () => {
    // Two levels that alternate: each is always followed by the other one.
    expect([...markovField([0, 1, 0, 1, 0, 1], 6, 2)]).toEqual(
      Array.from({ length: 36 }, (_, k) => ((Math.floor(k / 6) + k) % 2 === 1 ? 1 : 0)),
    );
    // Averaged over pairs of moments, every entry is the mean of a 2 × 2 block.
    const [whole, half] = [markovField(noise(16), 16), markovField(noise(16), 8)];
    for (let i = 0; i < 8; i += 1)
      for (let j = 0; j < 8; j += 1) {
        const block = [0, 1, 16, 17].map((k) => whole[2 * i * 16 + 2 * j + k] as number);
        expect(half[i * 8 + j]).toBeCloseTo(block.reduce((a, b) => a + b, 0) / 4, 12);
      }
  });

  it("the recurrence plot is 0 where a value comes back and 1 between the extremes", () => {
    expect([...recurrenceField([5, 9, 5], 3)]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0]);
  });

  it("keep their ranges, for series shorter and longer than the picture, flat ones too", () => {
    for (const { id, range, of } of SERIES_FIELDS)
      for (const series of [noise(10), noise(24), noise(500), [1, 1, 1, 1], [2]]) {
        const values = of(series, 24);
        expect(values.length, id).toBe(576);
        for (const value of values) expect(value >= range[0] - 1e-9 && value <= range[1] + 1e-9, id).toBe(true);
      }
  });
});

describe("colours", () => {
  it("run through viridis and grey from end to end, ever lighter", () => {
    expect(colourOf(0, "viridis")).toEqual([68, 1, 84]);
    expect(colourOf(1, "viridis")).toEqual([253, 231, 37]);
    // Three of Matplotlib's 256 colours.
    for (const [level, rgb] of [[37, [70, 51, 127]], [128, [33, 145, 140]], [203, [119, 209, 83]]] as const)
      for (const [c, value] of colourOf(level / 255, "viridis").entries()) expect(Math.abs(value - (rgb[c] ?? 0))).toBeLessThanOrEqual(1); // prettier-ignore
    expect(colourOf(0.5, "grey")).toEqual([128, 128, 128]);
    const light = Array.from({ length: 50 }, (_, i) => {
      const [r, g, b] = colourOf(i / 49, "viridis");
      return 0.299 * r + 0.587 * g + 0.114 * b;
    });
    for (let i = 1; i < 50; i += 1) expect(light[i] as number).toBeGreaterThan(light[i - 1] as number);
  });
});
