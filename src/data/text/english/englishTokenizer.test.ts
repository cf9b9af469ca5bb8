// Words as spaCy splits them, round trips, and words that are meant to be slow.
import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { SPECIALS } from "../specials";
import { englishTokenizer } from "./englishTokenizer";
import { ENGLISH_EXCEPTIONS } from "./exceptions";
import { isUrlLike } from "./urlLike";
import { stopwatch } from "../../../testing/stopwatch";

const tokenize = englishTokenizer(SPECIALS);

describe("what spaCy's documentation and fastai's notebooks show", () => {
  it.each([
    ["Let's go to N.Y.!", "Let|'s|go|to|N.Y.|!"],
    ["a well-made film. It is first-rate", "a|well|-|made|film|.|It|is|first|-|rate"],
    ["Che(2008) isn't", "Che(2008|)|is|n't"],
    ["I'm sure you'd've won't", "I|'m|sure|you|'d|'ve|wo|n't"],
    ["don't. “Don't!”", "do|n't|.|“|Do|n't|!|”"],
    ['He said: "can\'t" (cannot)...', 'He|said|:|"|ca|n\'t|"|(|can|not|)|...'],
    ["mother-in-law's rock'n'roll", "mother|-|in|-|law|'s|rock'n'roll"],
    ["$5.00, 50% of 10km at 9am", "$|5.00|,|50|%|of|10|km|at|9|am"],
    ["end.Next a,b 2+2 x=y", "end|.|Next|a|,|b|2|+|2|x|=|y"],
    ["U.S.A. Mr. Smith, etc.", "U.S.A.|Mr.|Smith|,|etc|."],
    ["(C++) :-) ^_^ <3", "(|C++|)|:-)|^_^|<3"],
    ["www.example.com, me@example.org!", "www.example.com|,|me@example.org|!"],
    ["great😀😀 20°C.", "great|😀|😀|20°C|."],
    ["xxbos xxmaj xxrep 5 !", "xxbos|xxmaj|xxrep|5|!"],
    ["it's its 'cause goin' y'all ma'am", "it|'s|its|'cause|goin'|y'|all|ma'am"],
    ["well–made…yes", "well|–|made|…|yes"],
  ])("%s", (text, expected) => expect(tokenize(text)).toEqual(expected.split("|")));

  it("one space is no token, more white space is", () => {
    expect(tokenize("fun \n 10")).toEqual(["fun", "\n ", "10"]);
    expect(tokenize(" a  b\t")).toEqual([" ", "a", " ", "b", "\t"]);
    expect(tokenize("")).toEqual([]);
  });
});

it("every exception comes out as it is written, and its tokens make up the word", () => {
  expect(ENGLISH_EXCEPTIONS.size).toBeGreaterThan(800);
  for (const [word, tokens] of ENGLISH_EXCEPTIONS) {
    expect(tokens.join("")).toBe(word);
    if (word !== " ") expect(tokenize(word)).toEqual(tokens);
  }
});

it("loses nothing but the single spaces between words", () => {
  const character = constantFrom(..."ab A.,-'\"()!?:/\\$%9°…😀é\n\t@");
  assert(
    property(string({ unit: character, maxLength: 60 }), (text) => {
      const tokens = tokenize(text);
      expect(tokens.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      expect(tokens).not.toContain("");
    }),
    { numRuns: 2000, seed: 1 },
  );
});

it.each([
  ["example.com", true],
  ["http://user:secret@example.co.uk:8080/a?b=c#d", true],
  ["someone@example.org", true],
  ["8.8.8.8", true],
  ["10.0.0.1", false],
  ["end.Next", false],
  ["etc.", false],
  ["(example.com", false],
  ["example.com,", false],
  ["@example.com", false],
  ["1.5", false],
])("%s is an address: %s", (word, expected) => expect(isUrlLike(word)).toBe(expected));

describe("hostile words", () => {
  const n = 100_000;
  const words: Record<string, string> = {
    letters: "a".repeat(n),
    brackets: ")".repeat(n),
    "brackets around a word": `${"(".repeat(n / 2)}a.b${")".repeat(n / 2)}`,
    dots: ".".repeat(n),
    "dots and letters": "a.".repeat(n / 2),
    hyphens: "a-".repeat(n / 2),
    commas: `a${",".repeat(n)}`,
    "at signs": "@".repeat(n),
    mail: "a@b.".repeat(n / 4),
    quotes: "'\"".repeat(n / 2),
    apostrophes: "n't".repeat(n / 3),
    emoji: "😀".repeat(n / 2),
    "new lines": "\n".repeat(n),
    "short words": "a b".repeat(n / 3),
    "different words": Array.from({ length: n / 5 }, (_, i) => `w${i}`).join(" "),
  };

  it.each(Object.keys(words))("%s take no more than linear time", (name) => {
    const took = stopwatch();
    expect(tokenize(words[name] as string).length).toBeGreaterThan(0);
    // Linear work takes some 100 ms on a slow machine; anything quadratic takes minutes.
    expect(took()).toBeLessThan(4000);
  });
});
