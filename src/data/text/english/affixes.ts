// What spaCy cuts from the front, the end and the middle of an English word; each search costs the piece it looks at.
import {
  alpha, alphaLower, alphaUpper, currency, ellipses, hyphens, icon, punctuation, quotes, quotesInClass, units,
} from "./characters"; // prettier-ignore

const either = (...pieces: readonly string[]): string => pieces.join("|");

const prefix = new RegExp(`(?:${either("[§%=+]", punctuation, ...ellipses, quotes, currency, icon)})`, "uy");

const suffix = new RegExp(
  `(?:${either(
    "'s|'S|’s|’S",
    punctuation,
    "…",
    quotes,
    icon,
    "(?<=[0-9])\\+",
    "(?<=°[FfCcKk])\\.",
    `(?<=[0-9])(?:${currency})`,
    `(?<=[0-9])(?:${units})`,
    // The odd characters are spaCy's: its class holds a group by mistake.
    `(?<=[0-9${alphaLower}%²\\-)\\]+(?:|${quotesInClass}])\\.`,
    `(?<=[${alphaUpper}][${alphaUpper}])\\.`,
  )})$`,
  "u",
);

/** The longest thing that a suffix can be, with the characters that it may look back at. */
const suffixReach = 12;

const infix = new RegExp(
  either(
    ...ellipses,
    icon,
    "(?<=[0-9])[+\\-*^](?=[0-9-])",
    `(?<=[${alphaLower}])\\.(?=[${alphaUpper}])`,
    `(?<=[${alpha}]),(?=[${alpha}])`,
    `(?<=[${alpha}])[?";:=,.]*(?:${hyphens})(?=[${alpha}])`,
    `(?<=[${alpha}"])[:<>=/](?=[${alpha}])`,
  ),
  "gu",
);

/** Length of what is cut from the front of text[start…end), 0 for nothing. */
export function prefixLength(text: string, start: number, end: number): number {
  prefix.lastIndex = start;
  const found = prefix.exec(text)?.[0].length ?? 0;
  return Math.min(found, end - start);
}

/** Length of what is cut from the end of text[start…end), 0 for nothing. */
export function suffixLength(text: string, start: number, end: number): number {
  let dots = 0;
  while (end - dots > start && text[end - 1 - dots] === ".") dots += 1;
  if (dots > 1) return dots;
  const near = Math.max(start, end - suffixReach);
  return suffix.exec(text.slice(near, end))?.[0].length ?? 0;
}

/** Cuts a word at its infixes: `well-made` → `well`, `-`, `made`. */
export function splitInfixes(word: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (const match of word.matchAll(infix)) {
    // At the very beginning it would cut off nothing: spaCy goes on and keeps it with what follows.
    if (match.index === start) continue;
    pieces.push(word.slice(start, match.index), match[0]);
    start = match.index + match[0].length;
  }
  const rest = word.slice(start);
  return rest === "" ? pieces : [...pieces, rest];
}
