// Regular expressions that a person wrote: compiled, and refused where they could run for minutes.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { problem } from "./problems";

const MAX_LENGTH = 500;

/** Whether an unbounded repetition begins at `at`: `*`, `+`, `{2,}`. */
function repeats(pattern: string, at: number): boolean {
  const char = pattern[at];
  return char === "*" || char === "+" || (char === "{" && /^\{\d+,\}/.test(pattern.slice(at)));
}

/** A repetition or a choice that is itself repeated without bound, such as `(a+)+`: its time may double with every letter. */
export function mayExplode(pattern: string): boolean {
  const open: boolean[] = [];
  let inClass = false;
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i];
    if (char === "\\") i += 1;
    else if (inClass) inClass = char !== "]";
    else if (char === "[") inClass = true;
    else if (char === "(") open.push(false);
    else if (char === ")") {
      const inner = open.pop() ?? false;
      const again = repeats(pattern, i + 1);
      if (inner && again) return true;
      if ((inner || again) && open.length > 0) open[open.length - 1] = true;
    } else if ((char === "|" || repeats(pattern, i)) && open.length > 0) open[open.length - 1] = true;
  }
  return false;
}

/** The expression; REGEX_BAD with the engine's own words, or REGEX_SLOW. */
export function compilePattern(pattern: string): Result<RegExp, Problem> {
  if (pattern === "" || pattern.length > MAX_LENGTH) return err(problem("REGEX_BAD", { detail: "Write an expression of 1 to 500 letters." })); // prettier-ignore
  if (mayExplode(pattern)) return err(problem("REGEX_SLOW", { items: [pattern] }));
  try {
    return ok(new RegExp(pattern, "u"));
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return err(problem("REGEX_BAD", { detail: `${why}.`, items: [pattern] }));
  }
}

/** The named group, else the first one, else all that was found; null where nothing was. */
export function groupOf(found: RegExpExecArray | null, name: string): string | null {
  if (found === null) return null;
  return found.groups?.[name] ?? found[1] ?? found[0];
}
