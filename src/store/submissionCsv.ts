// Predictions on a test set as Kaggle takes them: the name and the answer of each picture, in the training table's words.
import type { Recipe } from "../spec/recipe";
import type { TestPredictions } from "../spec/run";
import { csvCell } from "./predictionsCsv";
import { predictedClasses } from "./scoring/confusion";
import { labelsAbove } from "./scoring/threshold";

const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\n`;

/** The column titles and the names of the training table, where there is one. */
function words({ data }: Pick<Recipe, "data">): {
  readonly item: string;
  readonly answer: string;
  readonly stem: boolean;
} {
  const item = data.items.kind === "csvColumn" ? data.items.column : data.items.kind === "series" ? "series" : "image";
  const answer = data.labels.kind === "csvColumn" ? data.labels.column : "label";
  // A table that adds the ending itself names pictures without it.
  return { item, answer, stem: data.items.kind === "csvColumn" && data.items.suffix !== "" };
}

function answersOf({ task, vocab, answers }: TestPredictions, thresholds: Float32Array, count: number): string[][] {
  const width = Math.max(1, answers.length / Math.max(1, count));
  const row = (i: number): Float32Array => answers.subarray(i * width, (i + 1) * width);
  const all = Array.from({ length: count }, (_, i) => i);
  if (task === "singleLabel") return [...predictedClasses(answers, width)].map((best) => [vocab[best] ?? ""]);
  if (task === "multiLabel") return all.map((i) => [labelsAbove(row(i), thresholds).map((label) => vocab[label] ?? "").join(" ")]); // prettier-ignore
  // A hundredth of a pixel says enough.
  const digits = (value: number): string => (task === "points" ? String(Number(value.toFixed(2))) : String(value));
  return all.map((i) => Array.from(row(i), digits));
}

/** Titles of the numbers, and the place in the answers of each: a table's points keep its columns and their order. */
function numberColumns(
  { task, vocab }: TestPredictions,
  { labels }: Recipe["data"],
): readonly (readonly [title: string, at: number])[] {
  if (task === "regression") return vocab.map((name, at) => [name, at]);
  const pairs = vocab.map((name) => (labels.kind === "pointColumns" ? name.split(", ") : []));
  return vocab.flatMap((name, k): (readonly [string, number])[] => {
    const [first, second, ...more] = pairs[k] ?? [];
    const [y, x] = [2 * k, 2 * k + 1];
    if (first === undefined || second === undefined || more.length > 0) return [[`${name} y`, y], [`${name} x`, x]]; // prettier-ignore
    return labels.kind === "pointColumns" && labels.order === "yx" ? [[first, y], [second, x]] : [[first, x], [second, y]]; // prettier-ignore
  });
}

/** The titles, then one row a picture; tags joined by a space where they exceed their thresholds. */
export function submissionRows(
  predictions: TestPredictions,
  recipe: Pick<Recipe, "data">,
  thresholds: Float32Array,
): string[][] {
  const { task, paths } = predictions;
  const { item, answer, stem } = words(recipe);
  const columns = task === "points" || task === "regression" ? numberColumns(predictions, recipe.data) : [[answer, 0] as const]; // prettier-ignore
  const answers = answersOf(predictions, thresholds, paths.length);
  const rows = paths.map((path, i) => {
    const name = path.slice(path.lastIndexOf("/") + 1);
    return [stem ? name.replace(/\.[^.]*$/, "") : name, ...columns.map(([, at]) => answers[i]?.[at] ?? "")];
  });
  return [[item, ...columns.map(([title]) => title)], ...rows];
}

/** Which pictures have a mask: what is seen of an archive of masks before it is saved. */
export function maskRows({ paths, vocab }: Pick<TestPredictions, "paths" | "vocab">): string[][] {
  return [["image", "mask"], ...paths.map((path) => [path, `PNG of ${vocab.length} classes`])];
}

/** The rows as the text of a table. */
export function submissionText(rows: readonly (readonly string[])[]): string {
  return rows.map(line).join("");
}
