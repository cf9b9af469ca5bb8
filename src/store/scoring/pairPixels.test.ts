// Pixels of pairs of classes are counted from the runs as they are from the pixels.
import { describe, expect, it } from "vitest";
import { packMask } from "../../spec/packedMask";
import { pictureConfusion, picturesOfPair } from "./pairPixels";

const truth = [0, 0, 0, 1, 1, 2, 2, 2, 255, 255];
const answer = [0, 1, 1, 1, 2, 2, 1, 1, 1, 0];

describe("pixels of a picture by class", () => {
  it("are counted as they are one by one, whatever the runs; those of no class are left out", () => {
    const counted = pictureConfusion(packMask(truth), packMask(answer), 3);
    for (let cell = 0; cell < 9; cell += 1) {
      const [actual, taken] = [Math.floor(cell / 3), cell % 3];
      expect(counted[cell]).toBe(truth.filter((id, i) => id === actual && answer[i] === taken).length);
    }
  });

  it("are none where a mask is missing or shorter", () => {
    expect([...pictureConfusion(packMask(truth), new Uint8Array(), 2)]).toEqual([0, 0, 0, 0]);
    expect([...pictureConfusion(packMask(truth), packMask([0, 1]), 2)]).toEqual([1, 1, 0, 0]);
  });

  it("put the pictures of a pair in order, the most first, and leave out those without any", () => {
    const masks = [truth, [2, 2, 2, 2], [0, 0, 0, 0]].map(packMask);
    const answers = [answer, [2, 2, 2, 2], [1, 1, 1, 0]].map(packMask);
    expect(picturesOfPair({ targets: masks, predicted: answers }, 0, 1)).toEqual([2, 0]);
  });
});
