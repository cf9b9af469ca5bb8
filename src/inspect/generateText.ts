// Lets a language model go on writing: word by word at random, or by beam search (fastai's LanguageLearner).
import { engine, logSoftmax, softmax, topk } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { createRng } from "../base/rng";
import { decodeTokens } from "../data/text/decodeTokens";
import type { TextVocab } from "../data/text/textVocab";
import { UNK } from "../data/text/specials";
import type { LanguageModel } from "../nn/models/text/languageModel";
import { readback } from "../tensor/readback";
import { tensorOf } from "../tensor/writeTensor";
import { drawIndex, nextWordWeights } from "./nextWord";

export interface WriterOptions {
  readonly model: LanguageModel;
  readonly vocab: TextVocab;
  /** Ids of the text to go on from, [T]; at least one. */
  readonly prompt: Int32Array;
  /** How many words to add. */
  readonly words: number;
  readonly seed: number;
  /** Never xxunk. On unless told. */
  readonly noUnk?: boolean;
  readonly temperature?: number;
  readonly signal?: AbortSignal;
}

export interface GenerateOptions extends WriterOptions {
  readonly minP?: number;
  readonly topK?: number;
  /** Told each new id as it comes. */
  readonly onWord?: (id: number) => void;
}

export interface BeamOptions extends WriterOptions {
  /** Words that each branch is continued with. */
  readonly topK?: number;
  /** Branches that are kept. */
  readonly beamSize?: number;
}

export interface Written {
  /** The new ids alone, [words]. */
  readonly ids: Int32Array;
  readonly tokens: readonly string[];
  /** The new words, xxmaj and the like resolved, joined by spaces. */
  readonly text: string;
}

function written(ids: readonly number[], vocab: TextVocab): Written {
  const tokens = vocab.textify(ids);
  return { ids: Int32Array.from(ids), tokens, text: decodeTokens(tokens).join(" ") };
}

const unknownOf = ({ vocab, noUnk = true }: WriterOptions): number[] => {
  const id = vocab.idOf(UNK);
  return noUnk && id !== null ? [id] : [];
};

/** Runs `f` on the logits after rows of ids, [B, V], and reads what it makes of them. */
async function read<T extends readonly Tensor[]>(
  model: LanguageModel,
  ids: Int32Array,
  rows: number,
  f: (logits: Tensor2D) => T,
): Promise<Float32Array[]> {
  const results = engine().tidy(() => {
    const x = tensorOf(ids, [rows, ids.length / rows], "int32");
    return [...f(model.nextLogits(x))];
  });
  const values = await Promise.all(results.map((result) => readback(result)));
  for (const result of results) result.dispose();
  return values.map((value) => Float32Array.from(value));
}

/** In eval mode with a fresh state; the model's mode and state are left as they were before: eval and none. */
function begin({ model, prompt }: WriterOptions): void {
  if (prompt.length === 0) throw new Error("there is nothing to go on from: give at least xxbos");
  model.eval().reset();
}

/** Draws word after word: each from the probabilities after all words before it. */
export async function generateText(options: GenerateOptions): Promise<Written> {
  const { model, prompt, words, seed, signal, temperature, minP, topK, onWord } = options;
  const rng = createRng(seed, "generate");
  const choice = {
    never: unknownOf(options),
    ...(temperature === undefined ? {} : { temperature }),
    ...(minP === undefined ? {} : { minP }),
    ...(topK === undefined ? {} : { topK }),
  };
  begin(options);
  const ids: number[] = [];
  try {
    for (let next = prompt; ids.length < words; next = Int32Array.of(ids.at(-1) as number)) {
      signal?.throwIfAborted();
      const [probabilities] = await read(model, next, 1, (logits) => [softmax(logits)]);
      const id = drawIndex(nextWordWeights(probabilities as Float32Array, choice), rng);
      ids.push(id);
      onWord?.(id);
    }
  } finally {
    model.reset();
  }
  return written(ids, options.vocab);
}

interface Branch {
  readonly ids: readonly number[];
  /** −log of its probability. */
  readonly score: number;
}

/**
 * Follows the likeliest branches side by side and draws one of them at the end, by exp(−score / temperature). fastai
 * begins with `topK` equal branches, which fill the beam with copies; here it begins with one.
 */
export async function beamSearch(options: BeamOptions): Promise<Written> {
  const { model, vocab, prompt, words, seed, signal, temperature = 1, topK = 10, beamSize = 1000 } = options;
  const never = new Set(unknownOf(options));
  // One more where an id is skipped, so that as many are left.
  const width = Math.min(topK + never.size, vocab.itos.length);
  begin(options);
  let branches: readonly Branch[] = [{ ids: [], score: 0 }];
  try {
    for (let next = prompt, step = 0; step < words; step += 1) {
      signal?.throwIfAborted();
      const rows = branches.length;
      const [values, indices] = (await read(model, next, rows, (logits) => {
        const top = topk(logSoftmax(logits), width);
        return [top.values, top.indices];
      })) as [Float32Array, Float32Array];
      const grown = branches.flatMap(({ ids, score }, row) => {
        const candidates = Array.from({ length: width }, (_, k) => {
          const id = indices[row * width + k] as number;
          return { row, id, ids, score: score - (values[row * width + k] as number) };
        });
        return candidates.filter(({ id }) => !never.has(id)).slice(0, topK);
      });
      const best = grown.sort((a, b) => a.score - b.score).slice(0, beamSize);
      branches = best.map(({ ids, id, score }) => ({ ids: [...ids, id], score }));
      model.encoder.selectHidden(best.map(({ row }) => row));
      next = Int32Array.from(best, ({ id }) => id);
    }
  } finally {
    model.reset();
  }
  const lowest = branches.reduce((least, { score }) => Math.min(least, score), Number.POSITIVE_INFINITY);
  const weights = branches.map(({ score }) => Math.exp((lowest - score) / temperature));
  return written((branches[drawIndex(weights, createRng(seed, "beam"))] as Branch).ids, vocab);
}
