// From tokens of training and validation texts to what a learner trains on.
import type { DataLoaders } from "../batch";
import { classifierLoader, languageLoader } from "./textLoaders";
import { countUnknown, createTextVocab } from "./textVocab";
import type { TextVocab, UnknownCount, VocabOptions } from "./textVocab";

export interface NumberedTexts {
  readonly vocab: TextVocab;
  /** Ids of each text. */
  readonly train: readonly Int32Array[];
  readonly valid: readonly Int32Array[];
  /** What of the validation texts the vocabulary does not know. */
  readonly unknown: UnknownCount;
}

/** Numbers the tokens; the training texts alone make the vocabulary, unless one is given. */
export function numberTexts(
  tokens: { readonly train: readonly (readonly string[])[]; readonly valid: readonly (readonly string[])[] },
  options: VocabOptions & { readonly vocab?: TextVocab } = {},
): NumberedTexts {
  const vocab = options.vocab ?? createTextVocab(tokens.train, options);
  const number = (texts: readonly (readonly string[])[]) => texts.map((text) => vocab.numericalize(text));
  return {
    vocab,
    train: number(tokens.train),
    valid: number(tokens.valid),
    unknown: countUnknown(vocab, tokens.valid),
  };
}

export interface LanguageDataOptions {
  readonly batchSize: number;
  /** Steps of a batch; 70 in fastai. */
  readonly bptt?: number;
  readonly backwards?: boolean;
  readonly seed: number;
}

/** For a language model: every text of both lists is read, each word guessed from those before it. */
export function languageData(texts: NumberedTexts, options: LanguageDataOptions): DataLoaders {
  const { batchSize, bptt = 70, backwards = false, seed } = options;
  const loader = (list: readonly Int32Array[], shuffle: { readonly seed: number } | null) =>
    languageLoader(list, { batchSize, bptt, backwards, shuffle });
  return {
    train: loader(texts.train, { seed }),
    valid: texts.valid.some(({ length }) => length > 0) ? loader(texts.valid, null) : null,
    vocab: texts.vocab.itos,
    outputs: texts.vocab.itos.length,
    task: "singleLabel",
    inputShape: [bptt, 1, 1],
    dispose: () => undefined,
  };
}

export interface ClassifierDataOptions {
  readonly batchSize: number;
  readonly classes: readonly string[];
  /** Class of each text. */
  readonly labels: { readonly train: Int32Array; readonly valid: Int32Array };
  readonly backwards?: boolean;
  /** Lengths are rounded up to this. */
  readonly multipleOf?: number;
  readonly seed: number;
}

/** For a classifier: one class a text. Items are numbered through: training texts first, then validation texts. */
export function classifierData(texts: NumberedTexts, options: ClassifierDataOptions): DataLoaders {
  const { batchSize, classes, labels, backwards = false, multipleOf = 1, seed } = options;
  const padding = { batchSize, backwards, multipleOf };
  const items = Int32Array.from(texts.valid, (_, i) => texts.train.length + i);
  return {
    train: classifierLoader(texts.train, labels.train, { ...padding, train: { seed } }),
    valid:
      texts.valid.length > 0 ? classifierLoader(texts.valid, labels.valid, { ...padding, train: null, items }) : null,
    vocab: classes,
    outputs: classes.length,
    task: "singleLabel",
    inputShape: [0, 1, 1],
    dispose: () => undefined,
  };
}
