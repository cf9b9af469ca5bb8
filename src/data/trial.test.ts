// Trying augmentations out: what each view shows, and that all its pictures have one size.
import { describe, expect, it } from "vitest";
import { getTransforms } from "../spec/getTransforms";
import type { TrialRequest } from "../spec/trial";
import { chainAugments, type Source } from "./augment";
import { trials } from "./trial";

const ask = (change: Partial<TrialRequest>, source: Source = [64, 64, 3]) => {
  const found = trials({ item: 3, augment: getTransforms(), view: "draws", shuffle: 0, ...change }, 42, source);
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};

describe("trials", () => {
  it("draw as training does", () => {
    const chain = chainAugments(getTransforms(), 42);
    if (!chain.ok) throw new Error(chain.error.code);
    expect(ask({ shuffle: 2 })[4]?.draw).toEqual(chain.value.draw(2 * 9 + 4, 3, [64, 64, 3]));
  });

  it("show each augmentation alone, at its ends", () => {
    const found = ask({ view: "each", augment: [{ kind: "flip" }, { kind: "rotate", max: 30, p: 0.1 }] });
    expect(found.map(({ group, caption }) => `${group} ${caption}`)).toEqual([
      "As it is ",
      "Flip ",
      "Rotate −30",
      "Rotate 30",
    ]);
    const degrees = found.slice(2).map(({ draw }) => (Math.atan2(draw.affine[3], draw.affine[0]) * 180) / Math.PI);
    [-30, 30].forEach((value, i) => expect(degrees[i]).toBeCloseTo(value, 4));
    expect(found[1]?.draw.place[0]).toBe(-1);
  });

  it("show the eight ways of a square, each once, and the four of other pictures", () => {
    const places = ask({ view: "eight" }).map(({ draw }) => draw.place.map((v) => v + 0).join());
    expect(new Set(places).size).toBe(8);
    expect(ask({ view: "eight" }, [48, 64, 3])).toHaveLength(4);
  });

  it("keep one size in every view, whatever cuts or enlarges", () => {
    const augment = [{ kind: "randCrop", height: 40, width: 48 }, { kind: "pad", pixels: 6 }, ...getTransforms()];
    for (const view of ["draws", "each", "eight"] as const)
      expect(new Set(ask({ view, augment }, [64, 80, 3]).map(({ draw }) => draw.size.join()))).toEqual(new Set(["40,48"])); // prettier-ignore
  });

  it("refuse what does not fit", () => {
    const found = trials({ item: 0, augment: [{ kind: "rotate", max: 999 }], view: "draws", shuffle: 0 }, 1, [8, 8, 3]);
    expect(found).toMatchObject({ ok: false, error: { code: "TRANSFORM_FIELDS" } });
  });
});
