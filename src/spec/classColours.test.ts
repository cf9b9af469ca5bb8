// Colours of classes: every class has its own, and those of usual data sets can be told apart.
import { expect, it } from "vitest";
import { classColour, type Rgb } from "./classColours";

/** CIELAB of an sRGB colour under daylight, in which distances are about what the eye sees. */
function lab(colour: Rgb): readonly [number, number, number] {
  const [r, g, b] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const f = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

it.each([
  [12, 25],
  [32, 20],
])("of %i classes, the two most alike are at least %i apart", (classes, apart) => {
  const colours = Array.from({ length: classes }, (_, i) => lab(classColour(i)));
  const distances = colours.flatMap((a, i) => colours.slice(0, i).map((b) => Math.hypot(...a.map((value, k) => value - (b[k] ?? 0))))); // prettier-ignore
  expect(Math.min(...distances)).toBeGreaterThan(apart);
});

it("of as many classes as masks can hold all differ", () => {
  const colours = Array.from({ length: 255 }, (_, i) => classColour(i).join());
  expect(new Set(colours).size).toBe(255);
});
