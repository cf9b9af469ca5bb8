// Reads the command line into a command, and names the word that does not fit.
import { failure } from "./problem.mjs";

export const usage = `Usage:
  glasshouse train --recipe FILE|NAME --data DIR|ARCHIVE --out DIR [--set path=value …]
  glasshouse recipe NAME

train   Trains a recipe in a browser without a window. Writes history.csv, batches.csv,
        predictions.csv, model.safetensors, recipe.json and result.json into the output folder.
        The table of epochs goes to standard output, progress to standard error.
recipe  Prints a built-in recipe as JSON.

  --recipe FILE|NAME  a recipe file, or the name of a built-in recipe
  --data DIR|ARCHIVE  the folder or zip file to train on; not needed where the recipe draws its own sample
  --out DIR           the folder for the results; made when it is missing
  --weights FILE      begins from this weight file (.safetensors, .pth, .pt, .npz); the head starts fresh where it does
                      not fit, and the recipe is normalised as the weights expect unless --set says otherwise
  --set path=value    sets any field of the recipe, e.g. --set model.arch=resnet18 --set data.batchSize=16
  --masks FILE        also saves the predicted masks of a segmentation's validation set: a zip of PNGs whose pixels are
                      class numbers (line numbers of codes.txt from 0), as large as the pictures
  --gpu KIND          auto (the default: this machine's GPU, else software), real or software
  --help              this text

The browser is found by CHROME_PATH, then in the usual places, and installed when there is none.`;

/**
 * @typedef {"auto" | "real" | "software"} GpuKind
 * @typedef {{ do: "train", recipe: string, data: string | null, weights: string | null, masks: string | null, out: string, sets: [string, unknown][], gpu: GpuKind }} TrainCommand
 * @typedef {{ do: "help" } | { do: "recipe", name: string } | TrainCommand} Command
 */

/**
 * @param {string} title
 * @param {string} [word]
 */
function wrong(title, word) {
  const items = word === undefined ? [] : [word];
  return failure("USAGE", title, "How to call it: npx glasshouse --help", items);
}

/**
 * `path=value`: the value is read as JSON where it is JSON, and taken as text where it is not.
 * @param {string} text
 * @returns {[string, unknown]}
 */
function readSet(text) {
  const at = text.indexOf("=");
  if (at <= 0) throw wrong("--set takes a field and a value, as in data.batchSize=16.", text);
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}

/**
 * Splits `--name=value` and `--name value` into pairs; throws for a word that belongs to no option.
 * @param {readonly string[]} words
 * @returns {[string, string][]}
 */
function readOptions(words) {
  /** @type {[string, string][]} */
  const pairs = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("--")) throw wrong("This word belongs to no option.", word);
    const at = word.indexOf("=");
    const value = at > 0 ? word.slice(at + 1) : words[++index];
    if (value === undefined) throw wrong("This option needs a value.", word);
    pairs.push([at > 0 ? word.slice(2, at) : word.slice(2), value]);
  }
  return pairs;
}

/**
 * @param {readonly string[]} words
 * @returns {TrainCommand}
 */
function readTrain(words) {
  /** @type {Record<string, string>} */
  const named = {};
  /** @type {[string, unknown][]} */
  const sets = [];
  for (const [name, value] of readOptions(words)) {
    if (name === "set") sets.push(readSet(value));
    else if (!["recipe", "data", "weights", "masks", "out", "gpu"].includes(name))
      throw wrong("There is no such option.", `--${name}`);
    else if (name in named) throw wrong("This option is given twice.", `--${name}`);
    else named[name] = value;
  }
  const {
    recipe,
    data = null,
    weights = null,
    masks = null,
    out,
    gpu = process.env["GLASSHOUSE_GPU"] ?? "auto",
  } = named;
  if (recipe === undefined) throw wrong("The recipe to train is missing.", "--recipe FILE|NAME");
  if (out === undefined) throw wrong("The folder for the results is missing.", "--out DIR");
  if (gpu !== "auto" && gpu !== "real" && gpu !== "software") throw wrong("There is no such kind of GPU.", gpu);
  return { do: "train", recipe, data, weights, masks, out, sets, gpu };
}

/**
 * The command that the words say; throws a Problem that names what does not fit.
 * @param {readonly string[]} words
 * @returns {Command}
 */
export function readArguments(words) {
  const [command, ...rest] = words;
  if (command === undefined || words.includes("--help") || words.includes("-h")) return { do: "help" };
  if (command === "train") return readTrain(rest);
  if (command !== "recipe") throw wrong("There is no such command.", command);
  const [name, extra] = rest;
  if (name === undefined) throw wrong("The name of the recipe is missing.", "glasshouse recipe NAME");
  if (extra !== undefined) throw wrong("This word belongs to no option.", extra);
  return { do: "recipe", name };
}
