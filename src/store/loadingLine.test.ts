// The words for reading, unpacking and decoding.
import { expect, it } from "vitest";
import { loadingLine } from "./loadingLine";

it("counts files while scanning, bytes while unpacking, and knows the share only where there is an end", () => {
  expect(loadingLine({ phase: "scanning", done: 12_500, total: null })).toEqual({
    text: "Scanning files: 12,500 files",
    share: null,
  });
  expect(loadingLine({ phase: "unpacking", done: 160_000_000, total: 640_000_000 })).toEqual({
    text: "Unpacking: 160 MB of 640 MB",
    share: 0.25,
  });
  expect(loadingLine({ phase: "decoding", done: 1, total: 4 })).toEqual({
    text: "Decoding pictures: 1 file of 4",
    share: 0.25,
  });
});
