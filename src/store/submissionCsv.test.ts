// A submission has the layout of the table that the model was trained with.
import { describe, expect, it } from "vitest";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import type { TestPredictions } from "../spec/run";
import { submissionRows, submissionText } from "./submissionCsv";

const common = {
  vocab: ["clear", "road", "water"],
  paths: ["test-jpg/test_0.jpg", "test-jpg/test_1.jpg"],
  skipped: [],
  masks: null,
  pictures: [],
};
const submissionCsv = (...given: Parameters<typeof submissionRows>): string => submissionText(submissionRows(...given));
const planet = RECIPES["planet"] as Recipe;
const photos = RECIPES["photos"] as Recipe;

describe("a submission", () => {
  it("is Planet's: image_name,tags without endings, tags above their thresholds", () => {
    const answers = Float32Array.of(0.9, 0.25, 0.1, 0.05, 0.3, 0.19);
    const predictions: TestPredictions = { ...common, task: "multiLabel", answers };
    expect(submissionCsv(predictions, planet, Float32Array.of(0.2, 0.2, 0.2))).toBe(
      "image_name,tags\ntest_0,clear road\ntest_1,road\n",
    );
  });

  it("names the most probable class", () => {
    const predictions: TestPredictions = { ...common, task: "singleLabel", answers: Float32Array.of(0.1, 0.7, 0.2, 0.5, 0.2, 0.3) }; // prettier-ignore
    expect(submissionCsv(predictions, photos, new Float32Array())).toBe("image,label\ntest_0.jpg,road\ntest_1.jpg,clear\n"); // prettier-ignore
  });

  it("gives numbers as they are", () => {
    const predictions: TestPredictions = { ...common, vocab: ["age"], task: "regression", answers: Float32Array.of(31.5, -2) }; // prettier-ignore
    expect(submissionCsv(predictions, photos, new Float32Array())).toBe("image,age\ntest_0.jpg,31.5\ntest_1.jpg,-2\n");
  });

  it("gives points in pixels, to a hundredth", () => {
    const predictions: TestPredictions = { ...common, vocab: ["head"], task: "points", answers: Float32Array.of(120.256, 301.5, 99, 7.004) }; // prettier-ignore
    expect(submissionCsv(predictions, photos, new Float32Array())).toBe(
      "image,head y,head x\ntest_0.jpg,120.26,301.5\ntest_1.jpg,99,7\n",
    );
  });

  it.each([
    ["xy", "file,nose_x,nose_y\ntest_0.jpg,2,1\ntest_1.jpg,4,3\n"],
    ["yx", "file,nose_x,nose_y\ntest_0.jpg,1,2\ntest_1.jpg,3,4\n"],
  ] as const)("gives a table's points back in its own columns and order (%s)", (order, text) => {
    const items = { kind: "csvColumn", file: "t.csv", column: "file", folder: "", suffix: "" } as const;
    const data = { ...photos.data, items, labels: { kind: "pointColumns" as const, columns: [], order } };
    const predictions: TestPredictions = { ...common, vocab: ["nose_x, nose_y"], task: "points", answers: Float32Array.of(1, 2, 3, 4) }; // prettier-ignore
    expect(submissionCsv(predictions, { data }, new Float32Array())).toBe(text);
  });
});
