// Points of the model's picture in the pixels of a file, as it lies and as a camera stored it.
import { expect, it } from "vitest";
import { inFile } from "./fileFrame";

const POINTS = [-1, 0.5, 0, 0];

it.each([
  ["as it lies", [10, 20, 100, 60, 0], [10, 65, 60, 50]],
  ["stored upside down", [110, 80, -100, -60, 0], [110, 35, 60, 50]],
  // The model's x runs down the file, and its y from right to left.
  ["stored on its side", [0, 60, 100, -60, 1], [75, 60, 50, 30]],
])("%s", (_, frame, pixels) => {
  expect([...inFile(POINTS, frame)]).toEqual(pixels);
});
