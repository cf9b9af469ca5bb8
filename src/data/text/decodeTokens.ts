// Back from tokens to text: what xxmaj, xxup, xxrep and xxwrep stand for, after fastai's decode_spec_tokens.
import { MAJ, REP, UP, WREP } from "./specials";

/** A model may ask for any count; a text does not grow beyond this for one of them. */
const mostRepeats = 1000;

const capital = (token: string): string => {
  const [first = ""] = token;
  return first.toUpperCase() + token.slice(first.length).toLowerCase();
};

/** `["xxmaj", "hi", "xxrep", "4", "!"]` → `["Hi", "!!!!"]`. What no rule is waiting for stays as it is. */
export function decodeTokens(tokens: readonly string[]): string[] {
  const decoded: string[] = [];
  let rule: string | null = null;
  let count: number | null = null;
  for (const token of tokens) {
    if (token === MAJ || token === UP || token === REP || token === WREP) [rule, count] = [token, null];
    else if (rule === null) decoded.push(token);
    else if (rule === MAJ || rule === UP) {
      decoded.push(rule === MAJ ? capital(token) : token.toUpperCase());
      rule = null;
    } else if (count === null) {
      // No number where one must be: the mark and this token are dropped.
      if (/^\d+$/.test(token)) count = Math.min(Number(token), mostRepeats);
      else rule = null;
    } else {
      if (rule === REP) decoded.push(token.repeat(count));
      else decoded.push(...Array.from({ length: count }, () => token));
      // fastai goes on repeating every token after it, which is not what was written.
      [rule, count] = [null, null];
    }
  }
  return decoded;
}
