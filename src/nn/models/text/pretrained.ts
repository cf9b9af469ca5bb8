// Weights of a language model under another vocabulary, and an encoder from one model for another.
import type { StateReport } from "../../../spec/run";
import { loadStateDict } from "../../stateDict";
import type { HostTensor, StateDict } from "../../stateDict";
import type { AwdLstm } from "./awdLstm";

const tables = ["0.encoder.weight", "0.encoder_dp.emb.weight", "1.decoder.weight", "1.decoder.bias"];

/** Rows in a new order; `null` rows become the mean of all old ones. */
function reorder({ shape, data }: HostTensor, rows: readonly (number | null)[]): HostTensor {
  const width = shape.slice(1).reduce((product, length) => product * length, 1);
  const mean = new Float64Array(width);
  data.forEach((value, i) => ((mean[i % width] as number) += Number(value) / (shape[0] as number)));
  const result = new Float32Array(rows.length * width);
  rows.forEach((row, i) => {
    for (let k = 0; k < width; k += 1) {
      result[i * width + k] = row === null ? (mean[k] as number) : Number(data[row * width + k]);
    }
  });
  return { shape: [rows.length, ...shape.slice(1)], data: result };
}

/**
 * fastai's `convert_weights`: a language model's state for the words of `itos`. A word that the old vocabulary has
 * keeps its row; the others get the mean row, and the mean bias.
 */
export function convertWeights(state: StateDict, oldItos: readonly string[], itos: readonly string[]): StateDict {
  const ids = new Map(oldItos.map((word, id) => [word, id]));
  const rows = itos.map((word) => ids.get(word) ?? null);
  const converted = new Map(state);
  for (const name of tables) {
    const table = state.get(name);
    if (table) converted.set(name, reorder(table, rows));
  }
  return converted;
}

/** Names of an encoder alone, from those of an encoder, a language model or a classifier. */
function encoderName(name: string): string | null {
  const inner = name.replace(/^(?:0\.)?(?:module\.)?/, "");
  return /^(?:encoder|encoder_dp|rnns)\./.test(inner) && !name.startsWith("1.") ? inner : null;
}

/** Loads the encoder of a saved encoder (fastai's `save_encoder`), language model or classifier into a model's encoder. */
export function loadEncoder(encoder: AwdLstm, state: StateDict, name = ""): StateReport {
  const own = new Map<string, HostTensor>();
  for (const [key, tensor] of state) {
    const inner = encoderName(key);
    if (inner !== null) own.set(inner, tensor);
  }
  return loadStateDict(encoder, own, name);
}
