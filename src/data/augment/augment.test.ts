// Augmentations: ranges, shares, composition in fastai's order, and independence of batches.
import { describe, expect, it } from "vitest";
import type { Choice } from "../../spec/recipe";
import { chainAugments, type Draw } from ".";
import { IDENTITY, multiply, type Affine } from "./affine";
import { dihedralMatrix } from "./dihedral";

const draws = (choices: readonly Choice[], count = 2000): Draw[] => {
  const chain = chainAugments(choices, 42);
  if (!chain.ok) throw new Error(chain.error.code);
  return Array.from({ length: count }, (_, item) => chain.value.draw(0, item));
};
const degrees = ({ matrix }: Draw): number => (Math.atan2(matrix[3], matrix[0]) * 180) / Math.PI;
const share = (all: readonly Draw[], test: (draw: Draw) => boolean): number => all.filter(test).length / all.length;
const changed = ({ matrix, scale, shift }: Draw): boolean =>
  scale !== 1 || shift !== 0 || matrix.some((value, i) => value !== IDENTITY[i]);

describe("single augmentations", () => {
  it("rotate turns three quarters of the pictures by up to its angle, evenly both ways", () => {
    const all = draws([{ kind: "rotate", max: 10 }]);
    const angles = all.filter(changed).map(degrees);
    // 2,000 draws: three standard deviations of a share of 0.75 are 0.029.
    expect(Math.abs(share(all, changed) - 0.75)).toBeLessThan(0.03);
    expect(Math.max(...angles)).toBeLessThanOrEqual(10);
    expect(Math.min(...angles)).toBeGreaterThanOrEqual(-10);
    expect(Math.max(...angles) - Math.min(...angles)).toBeGreaterThan(19);
  });

  it("flip mirrors half of the pictures left to right", () => {
    const all = draws([{ kind: "flip" }]);
    expect(Math.abs(share(all, ({ matrix }) => matrix[0] === -1) - 0.5)).toBeLessThan(0.034);
    expect(all.every(({ matrix }) => matrix[4] === 1)).toBe(true);
  });

  it("dihedral uses all eight positions of the square, each its own inverse or another's", () => {
    expect(new Set(draws([{ kind: "dihedral" }], 200).map(({ matrix }) => matrix.join())).size).toBe(8);
    const group = new Set(
      Array.from({ length: 8 }, (_, k) =>
        dihedralMatrix(k)
          .map((v) => v + 0)
          .join(),
      ),
    );
    for (let a = 0; a < 8; a += 1)
      for (let b = 0; b < 8; b += 1)
        expect(
          group.has(
            multiply(dihedralMatrix(a), dihedralMatrix(b))
              .map((v) => v + 0)
              .join(),
          ),
        ).toBe(true);
  });

  it("zoom never shows anything beyond the picture", () => {
    for (const { matrix } of draws([{ kind: "zoom", max: 1.3, p: 1 }])) {
      expect(matrix[0]).toBeGreaterThanOrEqual(1 / 1.3);
      expect(Math.abs(matrix[2]) + matrix[0]).toBeLessThanOrEqual(1 + 1e-12);
      expect(Math.abs(matrix[5]) + matrix[4]).toBeLessThanOrEqual(1 + 1e-12);
    }
  });

  it("brightness 0.2 moves middle grey to between 0.4 and 0.6", () => {
    const greys = draws([{ kind: "brightness", max: 0.2, p: 1 }]).map(({ shift }) => 1 / (1 + Math.exp(-shift)));
    expect(Math.min(...greys)).toBeGreaterThanOrEqual(0.4);
    expect(Math.max(...greys)).toBeLessThanOrEqual(0.6);
    expect(Math.max(...greys) - Math.min(...greys)).toBeGreaterThan(0.19);
  });

  it("contrast 0.2 scales by 0.8 to 1.25, evenly in the logarithm", () => {
    const scales = draws([{ kind: "contrast", max: 0.2, p: 1 }]).map(({ scale }) => scale);
    expect(Math.min(...scales)).toBeGreaterThanOrEqual(0.8 - 1e-12);
    expect(Math.max(...scales)).toBeLessThanOrEqual(1.25 + 1e-12);
    const mean = scales.reduce((sum, scale) => sum + Math.log(scale), 0) / scales.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
  });
});

describe("composition", () => {
  const all: readonly Choice[] = [
    { kind: "contrast", p: 1 },
    { kind: "flip", p: 1 },
    { kind: "rotate", p: 1 },
    { kind: "zoom", p: 1 },
    { kind: "brightness", p: 1 },
  ];

  it("multiplies rotate · zoom · flip, whatever the order of the list is within an order", () => {
    const one = (choices: readonly Choice[]): Affine => draws(choices, 1)[0]?.matrix ?? IDENTITY;
    const both = one([
      { kind: "rotate", p: 1 },
      { kind: "flip", p: 1 },
    ]);
    const swapped = one([
      { kind: "flip", p: 1 },
      { kind: "rotate", p: 1 },
    ]);
    const turned = one([{ kind: "rotate", p: 1 }]);
    expect(both).toEqual(swapped);
    expect(both).toEqual(multiply(turned, [-1, 0, 0, 0, 1, 0]));
  });

  it("gives an item of an epoch the same draw each time, and another one in another epoch", () => {
    const chain = chainAugments(all, 42);
    const other = chainAugments(all, 43);
    if (!chain.ok || !other.ok) throw new Error("refused");
    expect(chain.value.draw(3, 17)).toEqual(chain.value.draw(3, 17));
    const others = [chain.value.draw(4, 17), chain.value.draw(3, 18), other.value.draw(3, 17)];
    for (const draw of others) expect(draw).not.toEqual(chain.value.draw(3, 17));
  });

  it("lights first and then changes contrast, as fastai's two steps in logit space do", () => {
    const [draw] = draws(
      [
        { kind: "brightness", p: 1 },
        { kind: "contrast", p: 1 },
      ],
      1,
    );
    const [light] = draws([{ kind: "brightness", p: 1 }], 1);
    expect(draw?.shift).toBeCloseTo((light?.shift ?? 0) * (draw?.scale ?? 0), 12);
  });
});
