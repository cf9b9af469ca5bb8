// Tokens, vocabulary and the way back.
import { describe, expect, it } from "vitest";
import { hasShared, readSharedJson } from "../../testing/shared";
import { decodeTokens } from "./decodeTokens";
import { SPECIALS } from "./specials";
import { countUnknown, createTextVocab, vocabOf } from "./textVocab";
import { joinFields, textTokenizer, tokenizeAll } from "./tokenizeTexts";

describe("tokens of a text", () => {
  it("begin with xxbos and have their marks", () => {
    expect(textTokenizer()("I LOVED it!!!!! <br />Really")).toEqual([
      "xxbos", "i", "xxup", "loved", "it", "xxrep", "5", "!", "\n ", "xxmaj", "really",
    ]); // prettier-ignore
  });

  it("columns are joined by a space, or marked", () => {
    expect(joinFields(["a", "b"])).toBe("xxbos a b");
    expect(joinFields(["a", "b"], { markFields: true, includeEos: true })).toBe("xxbos xxfld 1 a xxfld 2 b xxeos");
    expect(textTokenizer({ includeBos: false, tokenizer: (text) => text.split(" ") })(["It's", "x"])).toEqual([
      "xxmaj", "it's", "x",
    ]); // prettier-ignore
  });
});

describe("tokens of many texts", () => {
  /** Each look at the clock is 20 ms later. */
  const clock = () => {
    let now = 0;
    return () => (now += 20);
  };
  const many = Array.from({ length: 7 }, (_, i) => `text ${i}`);

  it("come in order, with progress up to the last", async () => {
    const heard: number[] = [];
    const tokens = await tokenizeAll(many, { clock: clock(), onProgress: ({ done }) => heard.push(done) });
    expect(tokens).toEqual(many.map((text) => textTokenizer()(text)));
    expect(heard.length).toBeGreaterThan(2);
    expect(heard.at(-1)).toBe(7);
  });

  it("stop when told", async () => {
    const stop = new AbortController();
    const onProgress = () => stop.abort();
    await expect(tokenizeAll(many, { clock: clock(), onProgress, signal: stop.signal })).rejects.toThrow();
  });
});

describe("the vocabulary", () => {
  const texts = [
    ["xxbos", "b", "a", "b", "c", "a", "constructor"],
    ["xxbos", "b", "a", "d", "__proto__"],
  ];

  it("puts special tokens first, then words by count, ties as they came, and fills up to a multiple of 8", () => {
    const { itos } = createTextVocab(texts, { minFreq: 1 });
    expect(itos).toEqual([...SPECIALS, "b", "a", "c", "constructor", "d", "__proto__", "xxfake"]);
    expect(createTextVocab(texts, { minFreq: 3 }).itos.slice(9)).toEqual([
      "b", "a", "xxfake", "xxfake", "xxfake", "xxfake", "xxfake",
    ]); // prettier-ignore
    expect(createTextVocab([]).itos).toHaveLength(16);
  });

  it("is cut at maxVocab and not filled up then", () => {
    // fastai takes the 11 most frequent tokens, special ones included, and puts the missing special ones before them.
    expect(createTextVocab(texts, { minFreq: 1, maxVocab: 11 }).itos).toEqual([...SPECIALS, "b", "a"]);
    expect(createTextVocab(texts, { minFreq: 1, maxVocab: 3 }).itos).toEqual(["xxunk", "xxpad", "xxbos"]);
  });

  it("gives ids and tokens, and 0 for what it does not know", () => {
    const vocab = createTextVocab(texts, { minFreq: 2 });
    expect(vocab.numericalize(["xxbos", "b", "zebra", "toString"])).toEqual(new Int32Array([2, 9, 0, 0]));
    expect(vocab.textify([2, 9, 0, 999])).toEqual(["xxbos", "b", "xxunk", "xxunk"]);
    expect(vocab.idOf("hasOwnProperty")).toBeNull();
    expect(vocabOf(["xxunk", "xxfake", "xxfake"]).idOf("xxfake")).toBe(2);
  });

  it("counts what it does not know", () => {
    const vocab = createTextVocab(texts, { minFreq: 2 });
    expect(countUnknown(vocab, [["a", "x", "y", "x"]])).toEqual({ tokens: 4, unknown: 3, words: [["x", 2], ["y", 1]] }); // prettier-ignore
  });

  it.skipIf(!hasShared)("begins as fastai's", async () => {
    const { vocab_example: example } = await readSharedJson<{ vocab_example: string[] }>("reference/text.json");
    expect(createTextVocab(texts).itos.slice(0, example.length)).toEqual(example);
  });
});

describe("back to text", () => {
  it.each([
    ["xxmaj hello xxup usa a", "Hello USA a"],
    ["xxrep 4 ! xxwrep 3 no yes", "!!!! no no no yes"],
    ["xxrep x ! a", "! a"],
    ["xxmaj xxup b xxmaj", "B"],
    ["xxwrep 0 a b", "b"],
  ])("%s", (tokens, text) => expect(decodeTokens(tokens.split(" ")).join(" ")).toBe(text));

  it("a count that nobody wrote fills no memory", () => {
    expect(decodeTokens(["xxrep", "999999999999", "a"])[0]?.length).toBe(1000);
  });
});
