// What forms call a field.
import { expect, it } from "vitest";
import { labelOf } from "./params";

it("calls a field otherwise beside one that is set", () => {
  const size = { label: "Size", beside: { field: "width", label: "Height" } };
  expect([{}, { width: 0 }, { width: "" }, { width: 128 }].map((values) => labelOf(size, values))).toEqual([
    "Size",
    "Size",
    "Size",
    "Height",
  ]);
});
