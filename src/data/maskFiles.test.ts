// Predicted masks as files: read again by our own reader they are the same numbers, at the size of the picture.
import { describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { NO_CLASS } from "../spec/packedMask";
import type { Choice } from "../spec/recipe";
import { chainAugments } from "./augment";
import { plainDraw } from "./augment/draw";
import { maskNames, maskPng, originalIds } from "./maskFiles";
import { maskSamples } from "./targets/maskSamples";
import { classNumbers, maskValues } from "./targets/maskValues";
import { chainTransforms } from "./transforms";

describe("a mask's file", () => {
  it("gives back every class number, and nothing where there is none", async () => {
    const size = { width: 16, height: 17 };
    const ids = Uint8Array.from({ length: 16 * 17 }, (_, i) => (i % 7 === 0 ? NO_CLASS : i % 254));
    const file = await maskPng(ids, size);
    const read = unwrap(await maskSamples(file, "png"));
    expect([read.width, read.height, read.kind, read.palette.length]).toEqual([16, 17, "palette", 256]);
    expect([...(read.values as Uint8Array)]).toEqual([...ids]);
    const numbers = classNumbers(read, maskValues(255, undefined));
    expect([...(numbers?.ids ?? [])]).toEqual([...ids]);
    // Colours tell classes apart.
    expect(new Set(read.palette.slice(0, 32)).size).toBe(32);
  });
});

/** The mask that the transforms would make of a file's mask, brought back to the file's size. */
function thereAndBack(transforms: readonly Choice[], width: number, height: number) {
  const chain = unwrap(chainTransforms(transforms));
  const own = Uint8Array.from({ length: width * height }, (_, i) => Math.floor((4 * (i % width)) / width) + 4 * Math.floor((3 * Math.floor(i / width)) / height)); // prettier-ignore
  const seen = chain.run({ width, height, channels: 1, exact: true, data: own });
  const draw = plainDraw([seen.height, seen.width, 1]);
  const frame = chain.frame({ width, height });
  const back = originalIds({ ids: seen.data, size: [seen.height, seen.width], frame, draw }, { width, height });
  return { own, back };
}

describe("originalIds", () => {
  it.each([
    ["half", 64, 48, { kind: "resize", size: 24, width: 32, method: "squish" }],
    ["the same size", 12, 12, { kind: "resize", size: 12, method: "squish" }],
    ["larger", 12, 9, { kind: "resize", size: 36, width: 48, method: "squish" }],
  ] as const)("brings a class map back from %s exactly where classes meet between pixels", (_, width, height, resize) => {
    const { own, back } = thereAndBack([resize], width, height);
    expect([...back]).toEqual([...own]);
  }); // prettier-ignore

  it("leaves without a class what a crop has not shown", () => {
    const { own, back } = thereAndBack([{ kind: "resize", size: 12, width: 12, method: "crop" }], 40, 24);
    const outside = [...back].filter((id) => id === NO_CLASS).length;
    // A square out of the middle: 24 of 40 columns.
    expect(outside).toBe(16 * 24);
    back.forEach((id, i) => id !== NO_CLASS && expect(id).toBe(own[i]));
  });

  it("follows what validation cuts out of the prepared picture", () => {
    const chain = unwrap(chainAugments([{ kind: "randCrop", height: 8, width: 12 }], 1, "segmentation"));
    const draw = chain.evaluate([16, 16, 3]);
    const ids = Uint8Array.from({ length: 96 }, (_, i) => i);
    const frame = { left: 0, top: 0, width: 32, height: 32 };
    const back = originalIds({ ids, size: [8, 12], frame, draw }, { width: 32, height: 32 });
    // Rows 4 to 11 and columns 2 to 13 of sixteen, twice as large.
    const at = (x: number, y: number): number | undefined => back[y * 32 + x];
    expect([at(3, 8), at(4, 7), at(4, 8), at(5, 9), at(27, 23), at(28, 23), at(27, 24)]).toEqual([NO_CLASS, NO_CLASS, 0, 0, 95, NO_CLASS, NO_CLASS]); // prettier-ignore
  });
});

it("names masks as their pictures, and two pictures of one name apart", () => {
  expect(maskNames(["images/a.png", "images/b.jpg", "images/b.jpeg", "c"])).toEqual([
    "images/a.png",
    "images/b.jpg.png",
    "images/b.jpeg.png",
    "c.png",
  ]);
});
