// The words a model knows and their numbers, after fastai's Vocab: frequent ones first, special tokens before them.
import { FAKE, SPECIALS } from "./specials";

export interface TextVocab {
  /** Token of each id; fastai's `itos`. */
  readonly itos: readonly string[];
  /** Id of a token, or null. */
  idOf(token: string): number | null;
  /** Ids of tokens; unknown ones are 0, xxunk. */
  numericalize(tokens: readonly string[]): Int32Array;
  /** Tokens of ids. */
  textify(ids: ArrayLike<number>): string[];
}

export interface VocabOptions {
  /** At most so many words. */
  readonly maxVocab?: number;
  /** A word must occur so often: 3 in fastai's data block, 2 in its factory methods. */
  readonly minFreq?: number;
}

/** A vocabulary of given tokens, such as that of pretrained weights; id 0 stands for what it does not know. */
export function vocabOf(itos: readonly string[]): TextVocab {
  // A later one of the same name wins, as in Python's dict: only xxfake occurs twice.
  const ids = new Map(itos.map((token, id) => [token, id]));
  return {
    itos,
    idOf: (token) => ids.get(token) ?? null,
    numericalize: (tokens) => Int32Array.from(tokens, (token) => ids.get(token) ?? 0),
    textify: (numbers) => Array.from(numbers, (id) => itos[id] ?? (SPECIALS[0] as string)),
  };
}

/** fastai's `Vocab.create`: filled with xxfake to a multiple of 8 where it is smaller than `maxVocab`. */
export function createTextVocab(
  texts: Iterable<readonly string[]>,
  { maxVocab = 60_000, minFreq = 3 }: VocabOptions = {},
): TextVocab {
  const counts = new Map<string, number>();
  for (const tokens of texts) for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  // The sort is stable: of equally frequent words the one that came first stays first, as in Python's Counter.
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, maxVocab);
  const special = new Set(SPECIALS);
  const words = frequent.filter(([word, count]) => count >= minFreq && !special.has(word)).map(([word]) => word);
  const itos = [...SPECIALS, ...words].slice(0, maxVocab);
  if (itos.length < maxVocab) while (itos.length % 8 !== 0) itos.push(FAKE);
  return vocabOf(itos);
}

export interface UnknownCount {
  readonly tokens: number;
  /** Of them, how many the vocabulary does not know. */
  readonly unknown: number;
  /** Unknown words and how often they occur, the most frequent first. */
  readonly words: readonly (readonly [string, number])[];
}

/** How much of some texts a vocabulary does not know; `most` limits the list of words. */
export function countUnknown(vocab: TextVocab, texts: Iterable<readonly string[]>, most = 100): UnknownCount {
  const counts = new Map<string, number>();
  let [tokens, unknown] = [0, 0];
  for (const text of texts) {
    for (const token of text) {
      tokens += 1;
      if (vocab.idOf(token) !== null) continue;
      unknown += 1;
      counts.set(token, (counts.get(token) ?? 0) + 1);
    }
  }
  return { tokens, unknown, words: [...counts].sort((a, b) => b[1] - a[1]).slice(0, most) };
}
