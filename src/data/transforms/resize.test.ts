// Resizing: known weights of the triangle filter, crops, padding, large reductions.
import { describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import type { Pixels } from "../decode/pixels";
import { chainTransforms } from ".";
import { framePoints } from "./frame";
import { reduce, resample, scale } from "./resample";

const grey = (rows: readonly (readonly number[])[]): Pixels => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  channels: 3,
  data: Uint8Array.from(rows.flatMap((row) => row.flatMap((value) => [value, value, value]))),
});
const rowsOf = ({ width, height, data }: Pixels): number[][] =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => data[(y * width + x) * 3] as number),
  );
const run = (pixels: Pixels, fields: Record<string, number | string>): number[][] => {
  const chain = chainTransforms([{ kind: "resize", ...fields }]);
  if (!chain.ok) throw new Error(chain.error.code);
  return rowsOf(chain.value.run(pixels));
};
const ramp = (width: number, height: number): Pixels =>
  grey(Array.from({ length: height }, () => Array.from({ length: width }, (_, x) => x)));

describe("resample", () => {
  it("halves with the triangle filter's weights 1/8, 3/8, 3/8, 1/8", () => {
    // Pillow's BILINEAR: out[1] of 8 → 4 covers pixels 1 to 4 with these weights.
    const out = rowsOf(resample(grey([[0, 0, 0, 80, 0, 0, 0, 0]]), 4, 1));
    expect(out).toEqual([[0, 30, 10, 0]]);
  });

  it("enlarges by linear interpolation between pixel centres", () => {
    expect(rowsOf(resample(grey([[0, 100]]), 4, 1))).toEqual([[0, 25, 75, 100]]);
  });

  it("keeps a plain colour plain at any size", () => {
    const plain = grey(Array.from({ length: 13 }, () => Array.from({ length: 7 }, () => 201)));
    for (const [width, height] of [
      [1, 1],
      [3, 29],
      [64, 5],
    ] as const)
      expect(new Set(resample(plain, width, height).data)).toEqual(new Set([201]));
  });

  it("keeps the mean brightness of noise within a level", () => {
    const rng = createRng(1);
    const noise = grey(Array.from({ length: 96 }, () => Array.from({ length: 120 }, () => rng.below(256))));
    const mean = (data: Uint8Array) => data.reduce((a, b) => a + b, 0) / data.length;
    expect(Math.abs(mean(resample(noise, 24, 24).data) - mean(noise.data))).toBeLessThan(1.5);
  });

  it("averages whole blocks, smaller ones at the edges", () => {
    expect(
      rowsOf(
        reduce(
          grey([
            [0, 100, 50],
            [100, 200, 150],
            [7, 9, 11],
          ]),
          2,
        ),
      ),
    ).toEqual([
      [100, 100],
      [8, 11],
    ]);
  });
});

describe("pixels of other kinds", () => {
  const rng = createRng(3);
  const bands = (channels: number): Pixels => ({
    width: 37,
    height: 23,
    channels,
    data: Uint8Array.from({ length: 37 * 23 * channels }, () => rng.below(256)),
  });

  it.each([1, 2, 4, 7])("scales each of %i channels as it would scale it alone", (channels) => {
    const all = bands(channels);
    const scaled = scale(all, 9, 5);
    for (let c = 0; c < channels; c += 1) {
      const alone: Pixels = { ...all, channels: 1, data: all.data.filter((_, i) => i % channels === c) };
      expect(scaled.data.filter((_, i) => i % channels === c)).toEqual(scale(alone, 9, 5).data);
    }
  });

  it("never invents an id: every pixel of a mask is the one under its middle", () => {
    const mask: Pixels = {
      width: 4,
      height: 2,
      channels: 1,
      exact: true,
      data: Uint8Array.of(0, 9, 200, 3, 7, 7, 1, 5),
    };
    expect([...scale(mask, 2, 1).data]).toEqual([7, 5]);
    expect([...scale(mask, 8, 2).data].slice(0, 8)).toEqual([0, 0, 9, 9, 200, 200, 3, 3]);
  });
});

describe("resize", () => {
  it("squishes to a square", () => {
    const out = run(ramp(16, 4), { size: 8, method: "squish" });
    expect(out).toEqual(Array.from({ length: 8 }, () => [1, 3, 5, 7, 9, 11, 13, 14]));
  });

  it("crops the middle square", () => {
    expect(run(ramp(24, 8), { size: 8, method: "crop" })[0]).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });

  it("pads with the mirror image, the edge not doubled, or with black", () => {
    const tall = grey(Array.from({ length: 8 }, () => [10, 20, 30, 40]));
    expect(run(tall, { size: 8, method: "pad" })[0]).toEqual([30, 20, 10, 20, 30, 40, 30, 20]);
    expect(run(tall, { size: 8, method: "pad", edge: "black" })[0]).toEqual([0, 0, 10, 20, 30, 40, 0, 0]);
  });

  it("pads with the colour of the edge", () => {
    const tall = grey(Array.from({ length: 8 }, () => [10, 20, 30, 40]));
    expect(run(tall, { size: 8, method: "pad", edge: "border" })[0]).toEqual([10, 10, 10, 20, 30, 40, 40, 40]);
  });

  it.each(["smooth", "fastai"])("makes rectangles by each method (%s)", (sampling) => {
    for (const method of ["squish", "crop", "pad"]) {
      const out = run(ramp(40, 30), { size: 12, width: 24, method, sampling });
      expect([out.length, out[0]?.length], method).toEqual([12, 24]);
    }
    // The crop keeps the whole width of a picture that is taller than the rectangle.
    const cut = run(ramp(48, 48), { size: 12, width: 24, method: "crop", sampling })[0] ?? [];
    expect([cut[0], cut[23]]).toEqual(sampling === "smooth" ? [1, 46] : [0, 47]);
  });

  it("samples as fastai does: corners stay corners, whole areas are averaged when shrinking by more than two", () => {
    expect(run(ramp(15, 8), { size: 8, method: "squish", sampling: "fastai" })[0]).toEqual([0, 2, 4, 6, 8, 10, 12, 14]);
    // 48 → 8: d = 3, so the means of three pixels each come first, then every place between corners of the 16.
    const means = Array.from({ length: 16 }, (_, i) => 3 * i + 1);
    const expected = Array.from({ length: 8 }, (_, i) => {
      const at = (i * 15) / 7;
      const left = Math.floor(at);
      return Math.round((means[left] ?? 0) * (left + 1 - at) + (means[Math.min(left + 1, 15)] ?? 0) * (at - left));
    });
    expect(run(ramp(48, 48), { size: 8, method: "squish", sampling: "fastai" })[0]).toEqual(expected);
  });

  it("shows points where the pixels went", () => {
    // A bright pixel in the dark is found where the frame says.
    for (const sampling of ["smooth", "fastai"])
      for (const method of ["squish", "crop", "pad"]) {
        const rows = Array.from({ length: 60 }, (_, y) => Array.from({ length: 90 }, (__, x) => (Math.hypot(y - 24, x - 50) < 4 ? 250 : 0))); // prettier-ignore
        const chain = chainTransforms([{ kind: "resize", size: 32, width: 40, method, sampling, edge: "black" }]);
        if (!chain.ok) throw new Error(chain.error.code);
        const out = rowsOf(chain.value.run(grey(rows)));
        const [py = 0, px = 0] = framePoints([24.5, 50.5], chain.value.frame({ width: 90, height: 60 }));
        let [sum, sy, sx] = [0, 0, 0];
        for (const [y, row] of out.entries())
          for (const [x, value] of row.entries()) {
            sum += value;
            sy += value * (y + 0.5);
            sx += value * (x + 0.5);
          }
        const [ey, ex] = [(sy / sum) * (2 / 32) - 1, (sx / sum) * (2 / 40) - 1];
        // Half a pixel lies between fastai's grid of pixel centres and its points in half pictures.
        expect(Math.abs(ey - py), `${method} ${sampling}`).toBeLessThan(1.1 / 32);
        expect(Math.abs(ex - px), `${method} ${sampling}`).toBeLessThan(1.1 / 40);
      }
  });

  it("stays close to the exact filter when it averages blocks first", () => {
    const rng = createRng(2);
    const large = grey(
      Array.from({ length: 160 }, (_, y) =>
        Array.from({ length: 160 }, (_, x) => Math.round(100 + 80 * Math.sin(x / 11 + y / 17) + rng.below(20))),
      ),
    );
    const [quick, exact] = [run(large, { size: 16, method: "squish" }).flat(), rowsOf(resample(large, 16, 16)).flat()];
    // Averaging by 3 first moves sample points by less than a sixteenth of an output pixel.
    expect(Math.max(...quick.map((value, i) => Math.abs(value - (exact[i] ?? 0))))).toBeLessThanOrEqual(6);
  });

  it("refuses fields that do not fit, by name", () => {
    const codes = [[{ kind: "resize", size: 3 }], [{ kind: "resize", colour: "red" }], [{ kind: "swirl" }], []].map(
      (choices) => {
        const chain = chainTransforms(choices);
        return chain.ok ? "ok" : `${chain.error.code} ${chain.error.items.join()}`.trim();
      },
    );
    expect(codes).toEqual([
      "TRANSFORM_FIELDS resize.size must lie between 8 and 1024",
      "TRANSFORM_FIELDS resize.colour is unknown",
      "TRANSFORM_FIELDS swirl is unknown",
      "TRANSFORM_NONE",
    ]);
  });
});
