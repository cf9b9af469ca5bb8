// From texts to tokens as fastai's TokenizeProcessor: marks, rules, words, rules.
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
