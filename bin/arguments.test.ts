// The command line of the headless runner: what it takes, and how it names what does not fit.
import { describe, expect, it } from "vitest";
import { readArguments } from "./arguments.mjs";
import { ProblemError } from "./problem.mjs";

const train = (...words: string[]) => readArguments(["train", "--recipe", "planet", "--out", "runs/1", ...words]);

/** The Problem that reading the words throws. */
function problemOf(words: string[]) {
  try {
    readArguments(words);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error("these words were taken");
}

describe("readArguments", () => {
  it("reads overrides as JSON where they are JSON and as text where they are not, in order", () => {
    const words = [
      "--set",
      "model.arch=resnet18",
      "--set=data.batchSize=16",
      "--set",
      'train.stages=[{"do":"freeze"}]',
    ];
    expect(train("--data", "planet", ...words, "--set", "title=a=b")).toMatchObject({
      do: "train",
      recipe: "planet",
      data: "planet",
      out: "runs/1",
      sets: [
        ["model.arch", "resnet18"],
        ["data.batchSize", 16],
        ["train.stages", [{ do: "freeze" }]],
        ["title", "a=b"],
      ],
    });
  });

  it("needs no data, because a recipe may draw its own sample", () => {
    expect(train()).toMatchObject({ data: null, sets: [] });
  });

  it("prints help when asked, or when nothing was said", () => {
    expect(readArguments([])).toEqual({ do: "help" });
    expect(readArguments(["train", "--help"])).toEqual({ do: "help" });
  });

  it.each([
    [["train", "--out", "x"], "--recipe FILE|NAME"],
    [["train", "--recipe", "x"], "--out DIR"],
    [["train", "--recipe"], "--recipe"],
    [["train", "--recipe", "a", "--recipe", "b"], "--recipe"],
    [["train", "--epochs", "3"], "--epochs"],
    [["train", "planet"], "planet"],
    [["train", "--recipe", "a", "--out", "b", "--set", "batchSize"], "batchSize"],
    [["train", "--recipe", "a", "--out", "b", "--gpu", "big"], "big"],
    [["recipe"], "glasshouse recipe NAME"],
    [["tarin"], "tarin"],
  ])("names the word that does not fit: %j", (words, item) => {
    const problem = problemOf(words);
    expect(problem.code).toBe("USAGE");
    expect(problem.items).toEqual([item]);
  });
});
