// Pixels of a pair of classes are counted from the runs as they are from the pixels.
import { describe, expect, it } from "vitest";
import { packMask } from "../../spec/packedMask";
import { pairPixels, picturesOfPair } from "./pairPixels";

const truth = [0, 0, 0, 1, 1, 2, 2, 2, 255, 255];
const answer = [0, 1, 1, 1, 2, 2, 1, 1, 1, 0];

describe("pixels of a pair", () => {
  it("are those that are one class and were taken for the other, whatever the runs", () => {
    const ids = [0, 1, 2, 255];
    for (const actual of ids)
      for (const taken of ids)
        expect(pairPixels(packMask(truth), packMask(answer), actual, taken)).toBe(
          truth.filter((id, i) => id === actual && answer[i] === taken).length,
        );
  });

  it("are none where a mask is missing or shorter", () => {
    expect(pairPixels(packMask(truth), new Uint8Array(), 0, 0)).toBe(0);
    expect(pairPixels(packMask(truth), packMask([0, 1]), 0, 1)).toBe(1);
  });

  it("put the pictures in order, the most first, and leave out those without any", () => {
    const masks = [truth, [2, 2, 2, 2], [0, 0, 0, 0]].map(packMask);
    const answers = [answer, [2, 2, 2, 2], [1, 1, 1, 0]].map(packMask);
    expect(picturesOfPair({ targets: masks, predicted: answers }, 0, 1)).toEqual([2, 0]);
  });
});
