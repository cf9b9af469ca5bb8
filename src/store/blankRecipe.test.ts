// A guess takes over what it knows of the new files, and nothing that was true of the old ones alone.
import { describe, expect, it } from "vitest";
import type { Guess } from "../spec/dataReport";
import { blankRecipe, withGuess } from "./blankRecipe";

const guess = (channels?: number): Guess => ({
  ...{ id: "folders", task: "singleLabel", title: "", evidence: [], score: 1 },
  data: {
    items: { kind: "files", folder: "" },
    labels: { kind: "parentFolder" },
    split: { kind: "none" },
    ...(channels !== undefined && { channels }),
  },
});

describe("a recipe with a guess", () => {
  it("takes the guess's number of channels, keeps a person's own, and forgets both with the next source", () => {
    const satellite = withGuess(blankRecipe(), guess(5), "satellite", null);
    expect(satellite.data.channels).toBe(5);
    const own = { ...satellite, data: { ...satellite.data, channels: 4, range: [0, 1000] as [number, number] } };
    expect(withGuess(own, guess(), "satellite", null).data).toMatchObject({ channels: 4, range: [0, 1000] });
    const photos = withGuess(own, guess(), "photos", null).data;
    expect(["channels" in photos, "range" in photos]).toEqual([false, false]);
  });
});
