// What a model's picture shows of its file, after crops and rims: the way back from its points to the file's pixels.
import { describe, expect, it } from "vitest";
import { chainTransforms } from "../transforms";
import { frameNumbers, framePoints } from "../transforms/frame";
import { inFile } from "../../spec/fileFrame";
import { storedFrame, turnPoints } from "../decode/turn";
import { unwrap } from "../../base/result";
import { chainAugments } from ".";
import { drawnFrame, movePoints } from "./draw";

const POINTS = [12, 500, 479.5, 3, 240, 320];

describe("the frame of a picture with points", () => {
  it.each([
    ["the whole picture", "squish", []],
    ["the middle", "crop", []],
    ["a rim around it", "pad", []],
    ["the middle of the middle", "crop", [{ kind: "randCrop", height: 48, width: 32 }]],
    ["a rim of pixels that validation has too", "squish", [{ kind: "pad", pixels: 6, padding: "zeros" }]],
    ["what chance turns in training", "squish", [{ kind: "rotate", max: 30 }, { kind: "flip" }]],
  ])("leads back from −1 to 1 into the file: %s", (_, method, augments) => {
    const chain = unwrap(chainTransforms([{ kind: "resize", size: 64, method }]));
    const draw = unwrap(chainAugments(augments, 1, "points")).evaluate([chain.height, chain.width, 3]);
    const frame = chain.frame({ width: 640, height: 480 });
    const seen = framePoints(POINTS, frame);
    movePoints(draw, seen);
    const back = inFile(seen, frameNumbers(drawnFrame(draw, { ...frame, turned: false })));
    // Coordinates are kept in single precision: about 1e-7 of 640 pixels.
    for (const [i, value] of back.entries()) expect(value).toBeCloseTo(POINTS[i] ?? NaN, 3);
    // The same on a file that stores the picture on its side: 480 wide, x from right to left where y goes down.
    const size = { width: 640, height: 480 };
    const stored = inFile(seen, frameNumbers(drawnFrame(draw, storedFrame(frame, size, 6))));
    const expected = turnPoints(Float32Array.from(POINTS), size, 8);
    for (const [i, value] of stored.entries()) expect(value).toBeCloseTo(expected[i] ?? NaN, 3);
  });
});
