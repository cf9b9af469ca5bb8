// From texts to tokens as fastai's TokenizeProcessor: marks, rules, words, rules.
import { breathe } from "../../base/breathe";
import { englishTokenizer } from "./english/englishTokenizer";
import type { Tokenizer } from "./english/englishTokenizer";
import { POST_RULES, PRE_RULES } from "./rules";
import type { PostRule, PreRule } from "./rules";
import { BOS, EOS, FLD, SPECIALS } from "./specials";

export interface TokenizeOptions {
  /** Puts xxfld and a number before each column of a text that has several. */
  readonly markFields?: boolean;
  /** xxbos at the beginning. On unless told. */
  readonly includeBos?: boolean;
  /** xxeos at the end. */
  readonly includeEos?: boolean;
  readonly preRules?: readonly PreRule[];
  readonly postRules?: readonly PostRule[];
  /** Splits into words; spaCy's rules for English unless told. */
  readonly tokenizer?: Tokenizer;
}

/** One text of a row's columns, with its marks: `xxbos xxfld 1 title xxfld 2 body`. */
export function joinFields(fields: readonly string[], options: TokenizeOptions = {}): string {
  const { markFields = false, includeBos = true, includeEos = false } = options;
  const body = fields.map((field, i) => (markFields ? `${FLD} ${i + 1} ${field}` : field)).join(" ");
  return `${includeBos ? `${BOS} ` : ""}${body}${includeEos ? ` ${EOS}` : ""}`;
}

/** Makes a function from a row's columns (one string, or several) to its tokens; plain data in and out. */
export function textTokenizer(options: TokenizeOptions = {}): (fields: string | readonly string[]) => string[] {
  const { preRules = PRE_RULES, postRules = POST_RULES, tokenizer = englishTokenizer(SPECIALS) } = options;
  return (fields) => {
    const joined = joinFields(typeof fields === "string" ? [fields] : fields, options);
    const text = preRules.reduce((current, rule) => rule.apply(current), joined);
    return postRules.reduce((tokens, rule) => rule.apply(tokens), tokenizer(text));
  };
}

export interface TokenizeAllOptions extends TokenizeOptions {
  /** Milliseconds. */
  readonly clock: () => number;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
}

/** Work between two pauses, in milliseconds: short enough to be stopped at once. */
const stretch = 30;

/** Tokens of many texts, in order; lets messages in between, so that it can be watched and stopped. */
export async function tokenizeAll(
  texts: readonly (string | readonly string[])[],
  { clock, onProgress, signal, ...options }: TokenizeAllOptions,
): Promise<string[][]> {
  const tokenize = textTokenizer(options);
  const all: string[][] = [];
  let last = clock();
  for (const text of texts) {
    all.push(tokenize(text));
    if (clock() - last < stretch) continue;
    onProgress?.({ done: all.length, total: texts.length });
    await breathe();
    signal?.throwIfAborted();
    last = clock();
  }
  onProgress?.({ done: all.length, total: texts.length });
  return all;
}
