// A guess takes over what it knows of the new files, and nothing that was true of the old ones alone.
import { describe, expect, it } from "vitest";
import type { Guess } from "../spec/dataReport";
import type { Catalog } from "../spec/catalog";
import { RECIPES } from "../spec/recipes";
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

  it("is named after its files, until a person names it", () => {
    const first = withGuess(blankRecipe(), guess(), "cats", null);
    const second = withGuess(first, guess(), "dogs", null);
    const own = withGuess({ ...second, title: "My pets" }, guess(), "birds", null);
    expect([first.title, second.title, own.title]).toEqual(["cats", "dogs", "My pets"]);
    const sample = RECIPES["shapes"] ?? blankRecipe();
    expect(withGuess(sample, guess(), "cats", null).title).toBe("cats");
    expect(withGuess({ ...sample, title: "My shapes" }, guess(), "cats", null).title).toBe("My shapes");
    const lesson = RECIPES["planet"] ?? blankRecipe();
    expect(withGuess(lesson, guess(), "planet_sample", null).title).toBe(lesson.title);
  });

  it("takes small batches for few pictures, and leaves them behind with those", () => {
    const points: Guess = { ...guess(), task: "points", data: { ...guess().data, labels: { kind: "pointsFile", template: "{stem}.pts", order: "xy" }, batchSize: 8 } }; // prettier-ignore
    const heads = withGuess(blankRecipe(), points, "heads", null);
    expect(heads.data.batchSize).toBe(8);
    expect(withGuess(heads, guess(), "pets", null).data.batchSize).toBe(blankRecipe().data.batchSize);
    expect(withGuess(heads, guess(), "heads", null).data.batchSize).toBe(8);
  });

  it("takes the size of masks, leaves their void class out of the scores, and forgets both with them", () => {
    const transforms = [{ kind: "resize", size: 96, width: 128, method: "squish" }];
    const masks: Guess = {
      ...guess(),
      task: "segmentation",
      voidClass: "Void",
      data: {
        ...guess().data,
        labels: { kind: "mask", template: "labels/{stem}_P.png", codes: "codes.txt" },
        ...{ transforms, batchSize: 8 },
      },
    };
    const score = (id: string, tasks: readonly string[], params: readonly unknown[]) => ({ id, tasks, params });
    const none = { kind: "class", id: "void", label: "", help: "", default: "", none: "" };
    const metrics = [score("accCamvid", ["segmentation"], [none]), score("accuracy", ["singleLabel"], [])];
    const catalog = { metrics } as unknown as Catalog;
    // Before the catalogue is here, the scores are those of a built-in recipe of the task.
    const early = withGuess(blankRecipe(), masks, "camvid", null);
    expect(early.metrics).toEqual(RECIPES["camvid"]?.metrics);
    const streets = withGuess(blankRecipe(), masks, "camvid", catalog);
    expect([streets.data.transforms, streets.data.batchSize]).toEqual([transforms, 8]);
    expect(streets.metrics).toEqual([{ kind: "accCamvid", void: "Void" }]);
    const pets = withGuess(streets, guess(), "pets", catalog);
    expect([pets.data.transforms, pets.data.batchSize]).toEqual([blankRecipe().data.transforms, blankRecipe().data.batchSize]); // prettier-ignore
    expect(pets.metrics).toEqual([{ kind: "accuracy" }]);
    const own = [{ kind: "resize", size: 200, method: "crop" }];
    const resized = { ...blankRecipe(), data: { ...blankRecipe().data, transforms: own } };
    expect(withGuess(resized, guess(), "pets", catalog).data.transforms).toEqual(own);
  });
});
