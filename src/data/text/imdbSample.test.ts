// The reviews of fast.ai's IMDB sample, against what fast.ai's course on language says of them (tokenized there by spaCy).
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../formats/csv/csv";
import { hasShared, readShared } from "../../testing/shared";
import { numberTexts } from "./textData";
import { textTokenizer } from "./tokenizeTexts";

describe.skipIf(!hasShared)("the IMDB sample", () => {
  it("gives fastai's vocabulary of 6,016 words, the same ids, and reviews of the same length", async () => {
    const csv = parseCsv(await readShared("data/imdb_sample/texts.csv"));
    if (!csv.ok) throw new Error(csv.error.title);
    const tokenize = textTokenizer();
    const of = (split: string) =>
      csv.value.rows.filter(([, , isValid]) => isValid === split).map(([, text = ""]) => tokenize(text));
    const { vocab, valid, unknown } = numberTexts({ train: of("False"), valid: of("True") });
    expect(vocab.itos).toHaveLength(6016);
    // "movie_reviews.vocab.stoi['language'] gives 917": one token more or less before it would move it.
    expect(vocab.idOf("language")).toBe(917);
    // "Confirm that the review has 144 tokens, 81 of which are distinct", of the second one held back.
    expect([valid[1]?.length, new Set(valid[1]).size]).toEqual([144, 81]);
    expect(unknown.unknown / unknown.tokens).toBeLessThan(0.1);
  });
});
