// `glasshouse train`: recipe and data in, tables, weights and a summary out.
import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { openPage } from "./page.mjs";
import { failure, ProblemError } from "./problem.mjs";
import { writeChunks, writeTables } from "./results.mjs";
import { weightsPath } from "./weightsPath.mjs";
import { progressWriter, tableHead, tableRow } from "./table.mjs";

/**
 * @typedef {import("../src/rpc/headlessApi").HeadlessEvent} HeadlessEvent
 * @typedef {import("../src/spec/run").BatchRow} BatchRow
 * @typedef {import("../src/spec/run").EpochRow} EpochRow
 */

/**
 * The recipe as the page takes it: a document from a file, or the name of a built-in one.
 * @param {string} word
 * @returns {unknown}
 */
function readRecipe(word) {
  if (!existsSync(word) || !statSync(word).isFile()) {
    if (extname(word) !== ".json") return word;
    throw failure("RECIPE_FILE", "There is no such recipe file.", "Nothing was trained.", [word]);
  }
  try {
    return JSON.parse(readFileSync(word, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw failure("RECIPE_JSON", "This file is not JSON.", `${why} Nothing was trained.`, [word]);
  }
}

/**
 * Refuses data that is not there, before a browser is started.
 * @param {string | null} data
 */
function checkData(data) {
  if (data === null || existsSync(data)) return;
  throw failure("DATA_MISSING", "There is no such folder or archive.", "Nothing was trained.", [data]);
}

/** Collects what the engine tells, and shows it. */
function listener() {
  const progress = progressWriter(process.stderr);
  /** @type {BatchRow[]} */
  const batches = [];
  /** @type {EpochRow[]} */
  const epochs = [];
  /** @type {readonly string[]} */
  let names = [];
  let stage = -1;
  /** @param {import("../src/base/problem").Problem} problem */
  const note = ({ title, items }) => {
    progress.clear();
    process.stderr.write(`${[`Note: ${title}`, ...items.map((item) => `  - ${item}`)].join("\n")}\n`);
  };
  /** @param {HeadlessEvent} event */
  const onEvent = (event) => {
    if (event.type === "recipe") names = event.recipe.metrics.map(({ kind }) => kind);
    if (event.type === "progress") progress.show(event.progress);
    if (event.type === "problem") note(event.problem);
    if (event.type === "batches") batches.push(...event.rows);
    if (event.type !== "epoch") return;
    const { row } = event;
    const metrics = row.metrics.map((_, index) => names[index] ?? `metric ${index + 1}`);
    progress.clear();
    if (row.stage !== stage) console.log(`${stage < 0 ? "" : "\n"}${tableHead(metrics)}`);
    console.log(tableRow(row, metrics));
    stage = row.stage;
    epochs.push(row);
  };
  return {
    batches,
    epochs,
    onEvent,
    clear: () => progress.clear(),
  };
}

/**
 * Trains and writes the results; throws a Problem when it did not work, after writing what there is.
 * @param {import("./arguments.mjs").TrainCommand} command
 */
export async function train({ recipe: word, data, weights, masks, out, sets, gpu }) {
  const recipe = readRecipe(word);
  checkData(data);
  const begin = weightsPath({ given: weights, recipe, recipeWord: word, data, sets });
  mkdirSync(out, { recursive: true });
  const heard = listener();
  const page = await openPage({ gpu, onEvent: heard.onEvent });
  try {
    if (data !== null) await page.drop(data);
    if (begin !== null) await page.giveWeights(begin);
    const result = await page.train({ recipe, sets, masks: masks !== null });
    heard.clear();
    writeTables(out, { result, batches: heard.batches, epochs: heard.epochs, browserVersion: page.version });
    if (result.weightBytes > 0) await writeChunks(join(out, "model.safetensors"), page.weights(result.weightBytes));
    if (masks !== null && result.maskBytes > 0) await writeChunks(masks, page.masks(result.maskBytes));
    if (result.problem) throw new ProblemError(result.problem);
  } finally {
    await page.close();
  }
}
