// Labels that are renamed, merged or left out before anything is counted.
import { describe, expect, it } from "vitest";
import { editLabels } from "./planAnswers";

const answers = { kind: "labels", of: [["cat"], ["kitten", "pet"], ["dog"], null, []] } as const;

describe("editing labels", () => {
  it("merges, keeps the order of names, and leaves out what has no label left", () => {
    const edits = { rename: [{ from: "kitten", to: "cat" }, { from: "pet", to: "animal" }], exclude: ["dog"] }; // prettier-ignore
    expect(editLabels(answers, edits)).toEqual({
      kind: "labels",
      of: [["cat"], ["animal", "cat"], null, null, []],
    });
  });

  it("makes one label of two with the same new name", () => {
    const edits = { rename: [{ from: "kitten", to: "x" }, { from: "pet", to: "x" }], exclude: [] }; // prettier-ignore
    expect(editLabels(answers, edits)).toMatchObject({ of: [["cat"], ["x"], ["dog"], null, []] });
  });

  it("leaves masks and numbers alone", () => {
    const values = { kind: "values", of: [Float32Array.of(1)], names: ["age"] } as const;
    expect(editLabels(values, { rename: [], exclude: ["age"] })).toBe(values);
  });
});
