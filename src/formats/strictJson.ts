// JSON from strangers: no repeated keys, a depth limit, whole numbers exact, objects as Maps so that no name is special.

export type StrictJson = null | boolean | string | number | bigint | StrictJson[] | Map<string, StrictJson>;

export class StrictJsonError extends Error {
  readonly reason: "syntax" | "duplicate";
  /** The repeated key, or what was expected. */
  readonly what: string;
  constructor(reason: "syntax" | "duplicate", what: string) {
    super(`${reason}: ${what}`);
    this.reason = reason;
    this.what = what;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const WORDS: readonly (readonly [string, null | boolean])[] = [["true", true], ["false", false], ["null", null]]; // prettier-ignore

/** Whole numbers come as bigint; throws StrictJsonError. */
export function parseStrictJson(text: string, maxDepth = 16): StrictJson {
  let at = 0;
  const fail = (what: string): never => {
    throw new StrictJsonError("syntax", what);
  };
  const blank = (): void => {
    while (at < text.length && " \t\r\n".includes(text[at] as string)) at += 1;
  };
  const take = (char: string): boolean => {
    blank();
    if (text[at] !== char) return false;
    at += 1;
    return true;
  };
  const string = (): string => {
    const from = at;
    if (!take('"')) fail("a string");
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    at += 1;
    try {
      return JSON.parse(text.slice(from, at).trim()) as string;
    } catch {
      return fail("a string");
    }
  };
  const number = (): number | bigint => {
    NUMBER.lastIndex = at;
    const found = NUMBER.exec(text);
    if (!found) return fail("a value");
    at = NUMBER.lastIndex;
    if (found[1] === undefined && found[2] === undefined) return BigInt(found[0]);
    return Number(found[0]);
  };
  const list = <T>(close: string, element: () => T): T[] => {
    const all: T[] = [];
    if (take(close)) return all;
    do all.push(element());
    while (take(","));
    if (!take(close)) fail(close);
    return all;
  };
  const object = (depth: number): Map<string, StrictJson> => {
    const map = new Map<string, StrictJson>();
    list("}", () => {
      const key = string();
      if (!take(":")) fail(":");
      if (map.has(key)) throw new StrictJsonError("duplicate", key);
      map.set(key, value(depth));
    });
    return map;
  };
  const value = (depth: number): StrictJson => {
    if (depth > maxDepth) fail("less nesting");
    if (take("{")) return object(depth + 1);
    if (take("[")) return list("]", () => value(depth + 1));
    if (text[at] === '"') return string();
    const word = WORDS.find(([name]) => text.startsWith(name, at));
    if (!word) return number();
    at += word[0].length;
    return word[1];
  };
  const result = value(0);
  blank();
  if (at < text.length) fail("the end");
  return result;
}
