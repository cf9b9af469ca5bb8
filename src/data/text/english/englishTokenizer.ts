// Splits English text into words the way spaCy's blank English model does: exceptions, affixes, then infixes.
import { isSpace } from "../pythonText";
import { prefixLength, splitInfixes, suffixLength } from "./affixes";
import { ENGLISH_EXCEPTIONS } from "./exceptions";
import { isUrlLike } from "./urlLike";

export type Tokenizer = (text: string) => string[];

/** Words seen lately keep their tokens: text is made of few words. */
const keptWords = 50_000;
/** Longer ones are not kept: they do not come back, and looking them up costs their length. */
const keptLength = 40;

/** The pieces of the text between spaces, and runs of other white space, as spaCy sees them. */
function* spans(text: string): Generator<string> {
  let [start, inSpace] = [0, isSpace(text[0] ?? "")];
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i] as string;
    if (isSpace(character) === inSpace) continue;
    if (start < i) yield text.slice(start, i);
    // One space between words is no token; what follows it, is.
    start = character === " " ? i + 1 : i;
    inSpace = !inSpace;
  }
  if (start < text.length) yield text.slice(start);
}

function splitWord(word: string, exceptions: ReadonlyMap<string, readonly string[]>, longest: number): string[] {
  const special = (start: number, end: number): boolean =>
    end > start && end - start <= longest && exceptions.has(word.slice(start, end));
  const whole = (start: number, end: number): boolean => end - start <= 2048 && isUrlLike(word.slice(start, end));
  const before: string[] = [];
  const after: string[] = [];
  let [start, end] = [0, word.length];
  for (let last = -1; start < end && end - start !== last;) {
    if (whole(start, end)) break;
    last = end - start;
    const prefix = prefixLength(word, start, end);
    if (prefix > 0 && special(start + prefix, end)) {
      before.push(word.slice(start, start + prefix));
      start += prefix;
      break;
    }
    const suffix = suffixLength(word, start, end);
    if (suffix > 0 && special(start, end - suffix)) {
      after.push(word.slice(end - suffix, end));
      end -= suffix;
      break;
    }
    if (prefix > 0) before.push(word.slice(start, start + prefix));
    const both = prefix > 0 && suffix > 0 && prefix + suffix <= end - start;
    if (suffix > 0 && (both || prefix === 0)) {
      after.push(word.slice(end - suffix, end));
      end -= suffix;
    }
    start += prefix;
    if (special(start, end)) break;
  }
  const middle = word.slice(start, end);
  const tokens = (special(start, end) ? exceptions.get(middle) : undefined) ?? (middle === "" ? [] : null);
  return [...before, ...(tokens ?? (whole(start, end) ? [middle] : splitInfixes(middle))), ...after.toReversed()];
}

/** A tokenizer; `specials` stay in one piece wherever they stand alone, such as xxbos. */
export function englishTokenizer(specials: readonly string[] = []): Tokenizer {
  const exceptions = new Map([...ENGLISH_EXCEPTIONS, ...specials.map((token) => [token, [token]] as const)]);
  const longest = Math.max(...[...exceptions.keys()].map((key) => key.length));
  let kept = new Map<string, readonly string[]>();
  const tokensOf = (span: string): readonly string[] => {
    const known = exceptions.get(span) ?? kept.get(span);
    if (known) return known;
    const tokens = isSpace(span[0] ?? "") ? [span] : splitWord(span, exceptions, longest);
    if (kept.size >= keptWords) kept = new Map();
    if (span.length <= keptLength) kept.set(span, tokens);
    return tokens;
  };
  return (text) => [...spans(text)].flatMap(tokensOf);
}
