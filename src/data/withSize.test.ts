// Progressive resizing: squares, rectangles, and pictures that are cut in the batch.
import { expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { Choice, Recipe } from "../spec/recipe";
import { withSize } from "./withSize";

const of = (transforms: Choice[], augment: Choice[] = []): Recipe => {
  const { planet } = RECIPES;
  if (!planet) throw new Error("planet is built in");
  return { ...planet, data: { ...planet.data, transforms, augment } };
};

it("changes the size of squares, named or at its default", () => {
  expect(withSize(of([{ kind: "resize", size: 128 }]), 256).data.transforms).toEqual([{ kind: "resize", size: 256 }]);
  expect(withSize(of([{ kind: "resize" }]), 256).data.transforms).toEqual([{ kind: "resize", size: 256 }]);
});

it("keeps the proportions of rectangles: half of CamVid's frames, then all", () => {
  const half = of([{ kind: "resize", size: 360, width: 480 }]);
  expect(withSize(half, 720).data.transforms).toEqual([{ kind: "resize", size: 720, width: 960 }]);
});

it("scales what is prepared larger together with what the batch cuts out of it", () => {
  const both = of([{ kind: "resize", size: 160, width: 240 }], [{ kind: "flip" }, { kind: "randCrop", height: 128, width: 128 }]); // prettier-ignore
  const { transforms, augment } = withSize(both, 256).data;
  expect(transforms).toEqual([{ kind: "resize", size: 320, width: 480 }]);
  expect(augment).toEqual([{ kind: "flip" }, { kind: "randCrop", height: 256, width: 256 }]);
});
