// The rules step by step as fastai applies them, and on text that is meant to be slow.
import { describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import { hasShared, readSharedJson } from "../../testing/shared";
import { stopwatch } from "../../testing/stopwatch";
import { POST_RULES, PRE_RULES } from "./rules";
import { SPECIALS } from "./specials";
import { unescapeHtml } from "./unescapeHtml";

interface Reference {
  readonly pre_rules: string[];
  readonly post_rules: string[];
  readonly spec_tok: string[];
  readonly text_rules: { readonly text: string; readonly steps: Record<string, string | string[]> }[];
}

const pre = (id: string, text: string) => PRE_RULES.find((rule) => rule.id === id)?.apply(text);
const post = (id: string, tokens: string[]) => POST_RULES.find((rule) => rule.id === id)?.apply(tokens);

describe.skipIf(!hasShared)("as fastai", () => {
  it("has its rules and special tokens in its order", async () => {
    const reference = await readSharedJson<Reference>("reference/text.json");
    expect(PRE_RULES.map(({ id }) => id)).toEqual(reference.pre_rules);
    expect(POST_RULES.map(({ id }) => id)).toEqual(reference.post_rules);
    expect(SPECIALS).toEqual(reference.spec_tok);
  });

  it("every step of every text comes out the same", async () => {
    const { text_rules: texts } = await readSharedJson<Reference>("reference/text.json");
    expect(texts.length).toBeGreaterThan(0);
    for (const { text, steps } of texts) {
      let current = text;
      const actual: Record<string, string | string[]> = {};
      for (const rule of PRE_RULES) actual[rule.id] = current = rule.apply(current);
      let tokens = current.split(" ");
      for (const rule of POST_RULES) actual[rule.id] = tokens = rule.apply(tokens);
      expect([text, actual]).toEqual([text, steps]);
    }
  });
});

describe("single rules", () => {
  it("a dollar sign from HTML stays a dollar sign", () => {
    expect(pre("fix_html", "#36;& costs #36;1")).toBe("$& costs $1");
  });

  it("counts code points, not halves of a pair", () => {
    expect(pre("replace_rep", "😀😀😀😀😀")).toBe(" xxrep 5 😀 ");
    expect(post("replace_all_caps", ["𐐀", "A"])).toEqual(["𐐀", "A"]);
  });

  it("a repeated word that is glued by a comma counts as fastai counts it", () => {
    // len("a,a,a,".split()) + 1
    expect(pre("replace_wrep", "a,a,a,a,b")).toBe(" xxwrep 2 a, b");
  });

  it("capitals of other scripts count, titles in the middle do not", () => {
    expect(post("deal_caps", ["Äpfel", "McDonald", "Ǆabc", "I", "İstanbul"])).toEqual([
      "xxmaj", "äpfel", "mcdonald", "xxmaj", "ǆabc", "i", "xxmaj", "i̇stanbul",
    ]); // prettier-ignore
    expect(post("replace_all_caps", ["ΔΕΛΤΑ", "U.S.", "A1", "12", "ﬁX"])).toEqual([
      "xxup", "δελτα", "xxup", "u.s.", "xxup", "a1", "12", "ﬁX",
    ]); // prettier-ignore
  });
});

describe("html.unescape", () => {
  // Expected values are Python 3.11's.
  it.each([
    ["&amp;lt; &lt;b&gt;", "&lt; <b>"],
    ["&notit; &nothing &not", "¬it; ¬hing ¬"],
    ["&#39; &#x27 &#X41;", "' ' A"],
    ["&#0; &#128; &#150; &#x110000; &#xD800;", "� € – � �"],
    ["&#1;&#xb;&#xfdd0;|&#13;", "|\r"],
    ["&NotThere; & &; &eacute &Eacute;", "&NotThere; & &; é É"],
    ["&hellip;&CounterClockwiseContourIntegral;&fjlig;", "…∳fj"],
  ])("%s", (text, expected) => expect(unescapeHtml(text)).toBe(expected));
});

describe("hostile text", () => {
  const n = 100_000;
  const rng = createRng("hostile");
  const texts: Record<string, string> = {
    "one word": "a".repeat(n),
    "one word and its end": `${"a".repeat(n)}!`,
    "words and long gaps": `a${" ".repeat(n)}b`.repeat(2),
    "alternating characters": "ab".repeat(n / 2),
    "three and three": "aaabbb".repeat(n / 6),
    "words that nearly repeat": "ab ab ab ".repeat(n / 9) + "c",
    "long words thrice": `${"x".repeat(n / 4)} `.repeat(3),
    ampersands: "&".repeat(n),
    "broken references": "&am".repeat(n / 3),
    digits: `&#${"9".repeat(n)}`,
    "at signs": " @-@".repeat(n / 4),
    backslashes: "\\".repeat(n),
    noise: Array.from({ length: n }, () => "aB &#;\\/<>'\".,-\n"[rng.below(16)]).join(""),
  };

  it.each(Object.keys(texts))("%s: no rule takes long", (name) => {
    const text = texts[name] as string;
    const took = stopwatch();
    let current = text;
    for (const rule of PRE_RULES) current = rule.apply(current);
    let tokens = current.split(" ");
    for (const rule of POST_RULES) tokens = rule.apply(tokens);
    expect(tokens.length).toBeGreaterThan(0);
    // Linear work takes some 50 ms on a slow machine; anything quadratic takes minutes.
    expect(took()).toBeLessThan(4000);
  });
});
