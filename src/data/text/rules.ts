// fastai's rules for text: seven small rewritings, five before the words are split and two after.
import { isLower, isUpper, pythonLength, splitSpaces } from "./pythonText";
import { MAJ, REP, UNK, UP, WREP } from "./specials";
import { unescapeHtml } from "./unescapeHtml";

export interface PreRule {
  /** fastai's name. */
  readonly id: string;
  /** One sentence for people. */
  readonly help: string;
  readonly apply: (text: string) => string;
}

export interface PostRule {
  readonly id: string;
  readonly help: string;
  readonly apply: (tokens: readonly string[]) => string[];
}

/** In this order, each over the whole text. */
const broken: readonly (readonly [string, string])[] = [
  ["#39;", "'"],
  ["amp;", "&"],
  ["#146;", "'"],
  ["nbsp;", " "],
  ["#36;", "$"],
  ["\\n", "\n"],
  ["quot;", "'"],
  ["<br />", "\n"],
  ['\\"', '"'],
  ["<unk>", UNK],
  [" @.@ ", "."],
  [" @-@ ", "-"],
  [" @,@ ", ","],
  ["\\", " \\ "],
];

const rmUselessSpaces = (text: string): string => text.replace(/ {2,}/g, " ");

function fixHtml(text: string): string {
  // Split and join: a replacement text with a dollar sign would be read as a pattern.
  const mended = broken.reduce((all, [from, to]) => all.split(from).join(to), text);
  return rmUselessSpaces(unescapeHtml(mended));
}

function replaceRep(text: string): string {
  return text.replace(/(\S)(\1{3,})/gu, (_, c: string, rest: string) => ` ${REP} ${pythonLength(rest) + 1} ${c} `);
}

/** Python's `\w`: letters, numbers and the low line. */
const word = "[\\p{L}\\p{N}_]";
const repeatedWord = new RegExp(`(?<!${word})(${word}+[^\\p{L}\\p{N}_]+)(\\1{3,})`, "gu");

function replaceWrep(text: string): string {
  return text.replace(
    repeatedWord,
    (_, one: string, rest: string) => ` ${WREP} ${splitSpaces(rest).length + 1} ${one} `,
  );
}

function replaceAllCaps(tokens: readonly string[]): string[] {
  return tokens.flatMap((token) => (isUpper(token) && pythonLength(token) > 1 ? [UP, token.toLowerCase()] : [token]));
}

function dealCaps(tokens: readonly string[]): string[] {
  return tokens.flatMap((token) => {
    if (token === "") return [];
    const [first = ""] = token;
    const capital = isUpper(first) && token.length > first.length && isLower(token.slice(first.length));
    return capital ? [MAJ, token.toLowerCase()] : [token.toLowerCase()];
  });
}

/** Before the words are split, in this order. */
export const PRE_RULES: readonly PreRule[] = [
  {
    id: "fix_html",
    help: "Turns what is left of HTML into plain characters: &amp; becomes &, <br /> a new line.",
    apply: fixHtml,
  },
  {
    id: "replace_rep",
    help: "Four or more of the same character become a count: !!!!! is written xxrep 5 !",
    apply: replaceRep,
  },
  {
    id: "replace_wrep",
    help: "Four or more of the same word become a count: no no no no is written xxwrep 4 no.",
    apply: replaceWrep,
  },
  {
    id: "spec_add_spaces",
    help: "Puts spaces around /, # and new lines, so that they become tokens of their own.",
    apply: (text) => text.replace(/[/#\n]/g, " $& "),
  },
  { id: "rm_useless_spaces", help: "Makes one space of several.", apply: rmUselessSpaces },
];

/** After the words are split, in this order. */
export const POST_RULES: readonly PostRule[] = [
  {
    id: "replace_all_caps",
    help: "A word in capitals is written small after xxup, so that it is still the same word.",
    apply: replaceAllCaps,
  },
  {
    id: "deal_caps",
    help: "A word with a capital is written small after xxmaj, so that it is still the same word.",
    apply: dealCaps,
  },
];
