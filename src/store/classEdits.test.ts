// Renaming, merging and leaving classes out, one after the other.
import { describe, expect, it } from "vitest";
import { excludeClass, renameClass, restoreClass } from "./classEdits";

describe("class edits", () => {
  it("merge two classes, and rename what was merged", () => {
    const merged = renameClass(renameClass(undefined, "kitten", "cat"), "tom", "cat");
    expect(merged?.rename).toEqual([
      { from: "kitten", to: "cat" },
      { from: "tom", to: "cat" },
    ]);
    const renamed = renameClass(merged, "cat", "feline");
    expect(renamed?.rename).toEqual([
      { from: "cat", to: "feline" },
      { from: "kitten", to: "feline" },
      { from: "tom", to: "feline" },
    ]);
  });

  it("leave out everything that is shown as a class", () => {
    const merged = renameClass(undefined, "kitten", "cat");
    expect(excludeClass(merged, "cat")).toEqual({ rename: [], exclude: ["cat", "kitten"] });
  });

  it("are gone when the last one is taken back", () => {
    const edits = excludeClass(renameClass(undefined, "a", "b"), "c");
    expect(restoreClass(restoreClass(edits, "c"), "a")).toBeUndefined();
    expect(renameClass(undefined, "a", "a")).toBeUndefined();
  });
});
