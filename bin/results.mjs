// Writes what a run gave: three tables, the recipe, the weights and a summary.
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";

/**
 * @typedef {import("../src/rpc/headlessApi").HeadlessResult} HeadlessResult
 * @typedef {import("../src/rpc/headlessApi").HeadlessPredictions} HeadlessPredictions
 * @typedef {import("../src/spec/recipe").Recipe} Recipe
 * @typedef {import("../src/spec/run").BatchRow} BatchRow
 * @typedef {import("../src/spec/run").EpochRow} EpochRow
 */

const root = join(import.meta.dirname, "..");

/**
 * One line of CSV (RFC 4180, but ended by a line feed); null is an empty cell.
 * @param {readonly (string | number | null)[]} cells
 */
function csvLine(cells) {
  const quoted = cells.map((cell) => {
    const text = cell === null ? "" : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(",")}\n`;
}

/**
 * Epochs are counted over the whole run, from 0.
 * @param {readonly EpochRow[]} epochs
 * @param {readonly string[]} metrics
 */
export function historyCsv(epochs, metrics) {
  const head = csvLine(["epoch", "train_loss", "valid_loss", ...metrics, "seconds"]);
  return (
    head +
    epochs.map((row, epoch) => csvLine([epoch, row.trainLoss, row.validLoss, ...row.metrics, row.seconds])).join("")
  );
}

/** @param {readonly BatchRow[]} rows */
export function batchesCsv(rows) {
  const lines = rows.map(({ step, loss, lr, momentum }) => csvLine([step, loss, lr, momentum]));
  return csvLine(["step", "loss", "lr", "momentum"]) + lines.join("");
}

/**
 * The threshold of the recipe's metrics above which a label counts as predicted.
 * @param {Recipe} recipe
 */
function threshold(recipe) {
  const thresh = recipe.metrics.map((metric) => metric["thresh"]).find((value) => typeof value === "number");
  return typeof thresh === "number" ? thresh : 0.5;
}

/**
 * True and predicted numbers of each item; points as (y, x) in pixels of its file.
 * @param {Extract<HeadlessPredictions, { values: readonly number[] }>} predictions
 */
function valuesCsv({ task, vocab, paths, targets, values, losses, frames }) {
  const names = task === "points" ? vocab.flatMap((name) => [`${name} y`, `${name} x`]) : vocab;
  const head = csvLine(["item", ...names.map((name) => `target ${name}`), ...names, "loss"]);
  const width = names.length;
  const lines = paths.map((path, item) => {
    /** @param {readonly number[]} all */
    const own = (all) => {
      const mine = all.slice(item * width, (item + 1) * width);
      return mine.map((value, k) => {
        if (task !== "points") return value;
        // From −1 to 1 is this far down, or to the right, in the file; where it is turned, x runs down.
        const [start = 0, length = 0, turned = 0] = [k % 2, 2 + (k % 2), 4].map((at) => frames[5 * item + at]);
        const seen = turned === 0 ? value : (mine[k ^ 1] ?? 0);
        return start + ((seen + 1) / 2) * length;
      });
    };
    return csvLine([path, ...own(targets), ...own(values), losses[item] ?? null]);
  });
  return head + lines.join("");
}

/**
 * One line an item of the validation set; probabilities in the order of the vocabulary, labels joined by a space.
 * @param {HeadlessPredictions} predictions
 * @param {Recipe} recipe
 */
export function predictionsCsv(predictions, recipe) {
  const { vocab, paths, losses } = predictions;
  if ("confusion" in predictions)
    return csvLine(["item", "loss"]) + paths.map((path, item) => csvLine([path, losses[item] ?? null])).join("");
  if ("values" in predictions) return valuesCsv(predictions);
  const { task, targets, probabilities } = predictions;
  const classes = vocab.length;
  const above = threshold(recipe);
  const lines = paths.map((path, item) => {
    const row = probabilities.slice(item * classes, (item + 1) * classes);
    const best = row.indexOf(Math.max(...row));
    const [target, prediction] =
      task === "multiLabel"
        ? [
            vocab.filter((_, index) => targets[item * classes + index] === 1),
            vocab.filter((_, index) => (row[index] ?? 0) > above),
          ]
        : [[vocab[targets[item] ?? -1] ?? ""], [vocab[best] ?? ""]];
    return csvLine([path, target.join(" "), prediction.join(" "), row.join(" "), losses[item] ?? null]);
  });
  return csvLine(["item", "target", "prediction", "probabilities", "loss"]) + lines.join("");
}

/**
 * How many files were passed over, by reason.
 * @param {HeadlessResult} result
 */
function skippedByReason({ data }) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const { code } of data?.skipped ?? []) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

/** Versions of the packages that decide the numbers. */
function versions() {
  /** @param {string} path */
  const versionOf = (path) => JSON.parse(readFileSync(join(root, path, "package.json"), "utf8")).version;
  return {
    glasshouse: versionOf("."),
    tfjs: versionOf("node_modules/@tensorflow/tfjs-core"),
    node: process.versions.node,
  };
}

/**
 * The summary that `result.json` holds.
 * @param {HeadlessResult} result
 * @param {string} browserVersion
 */
export function summaryOf(result, browserVersion) {
  const { summary, device, data, recipe, problem, seconds, predictions } = result;
  const last = summary?.epochs.at(-1);
  const metrics = Object.fromEntries(
    (summary?.metrics ?? []).map(({ id }, index) => [id, last?.metrics[index] ?? null]),
  );
  return {
    status: summary?.status ?? "failed",
    problem,
    metrics: { train_loss: last?.trainLoss ?? null, valid_loss: last?.validLoss ?? null, ...metrics },
    seed: summary?.seed ?? recipe?.seed ?? null,
    adapter: device?.adapter ?? null,
    backend: device?.backend ?? null,
    versions: { ...versions(), browser: browserVersion },
    timings: { ...seconds, run: summary?.seconds ?? null },
    items: data ? { all: data.items, train: data.train, valid: data.valid } : null,
    skipped: skippedByReason(result),
    steps: summary?.steps ?? 0,
    parameters: summary?.parameters ?? null,
    counts: summary?.counts ?? null,
    atOnce: summary?.atOnce ?? null,
    stats: data?.stats ?? null,
    vocab: predictions?.vocab ?? data?.vocab ?? [],
  };
}

/**
 * Writes every file that the result has something for.
 * @param {string} folder
 * @param {{ result: HeadlessResult, batches: readonly BatchRow[], epochs: readonly EpochRow[], browserVersion: string }} run
 */
export function writeTables(folder, { result, batches, epochs, browserVersion }) {
  mkdirSync(folder, { recursive: true });
  /** @type {(name: string, text: string) => void} */
  const write = (name, text) => writeFileSync(join(folder, name), text);
  const { recipe, predictions, summary } = result;
  const metrics = summary?.metrics.map(({ id }) => id) ?? recipe?.metrics.map(({ kind }) => kind) ?? [];
  write("history.csv", historyCsv(epochs, metrics));
  write("batches.csv", batchesCsv(batches));
  if (predictions && recipe) write("predictions.csv", predictionsCsv(predictions, recipe));
  if (recipe) write("recipe.json", `${JSON.stringify(recipe, null, 2)}\n`);
  write("result.json", `${JSON.stringify(summaryOf(result, browserVersion), null, 2)}\n`);
}

/**
 * Writes a file as it comes, without holding all of it.
 * @param {string} path
 * @param {AsyncIterable<Buffer>} chunks
 */
export async function writeChunks(path, chunks) {
  mkdirSync(dirname(path), { recursive: true });
  await pipeline(chunks, createWriteStream(path));
}
