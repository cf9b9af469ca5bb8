// Tables of labels from the corpus of bad inputs, over a folder with the pictures that they name.
import { describe, expect, it } from "vitest";
import { parseCsv } from "../formats/csv/csv";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import { badInputs, readBadInput } from "../testing/badInputs";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { stopwatch } from "../testing/stopwatch";
import { createDataBlock } from "./dataBlock";
import { createTables } from "./tables";
import { lookalikeKey, visible } from "./vocab";

/** Our names for codes that the corpus proposes under another one. */
const OURS = new Map([
  ["CSV_MISSING_FILE", "CSV_FILES_MISSING"],
  ["CSV_DUP", "CSV_DUPLICATE_ROWS"],
  ["CSV_MISSING_LABEL", "LABEL_MISSING"],
]);
/** Tables of a few rows, of which a small data set says more than the corpus is about. */
const SMALL = new Set([
  "CLASS_ONE",
  "CLASS_ONE_SAMPLE",
  "BATCH_TOO_LARGE",
  "SPLIT_NO_VALID",
  "SPLIT_NO_TRAIN",
  "ITEMS_NONE",
]);

const photos = RECIPES["photos"] as Recipe;
const recipe: Recipe = {
  ...photos,
  data: {
    ...photos.data,
    items: { kind: "csvColumn", file: "labels.csv", column: "file", folder: "", suffix: "" },
    labels: { kind: "csvColumn", column: "label", delimiter: null },
    batchSize: 1,
  },
};

/** The block of a table over pictures with every name in it that can be a path, plus what else is given. */
async function blockOf(table: Uint8Array<ArrayBuffer>, absent: readonly string[] = []) {
  const parsed = parseCsv(table);
  const names = parsed.ok ? parsed.value.rows.map((row) => row[0] ?? "") : [];
  const safe = names.filter((name) => /^[\w, -]+\.jpg$/.test(name) && !absent.includes(name));
  const files = Object.fromEntries(safe.map((name) => [name, "picture"]));
  const others = { "a.jpg": "picture", "img/a.jpg": "picture" };
  const index = await memoryIndex({ ...others, ...files, "labels.csv": table });
  return createDataBlock({ index, recipe, decoder: fakeDecoder() });
}

const about = badInputs("csv").filter(
  ({ path, code }) =>
    /^(LABEL_|CLASS_|CSV_MISSING|CSV_CONFLICT|CSV_DUP$|CSV_PATH|-)/.test(code) && !/wide|tsv/.test(path),
);

describe("every table of the corpus", () => {
  it.each(badInputs("csv").map(({ path }) => path.slice(4)))(
    "%s is read or refused with its name, in two sentences at most",
    async (name) => {
      const index = await memoryIndex({ [name]: await readBadInput(`csv/${name}`) });
      const took = stopwatch();
      const table = await createTables(index).load(0);
      expect(took()).toBeLessThan(5000);
      for (const { title, detail, items, mend, severity } of table.ok ? table.value.problems : [table.error]) {
        expect(items.join(), title).toContain(name);
        expect(detail.split(/[.!?](?:\s|$)/).filter(Boolean).length, detail).toBeLessThanOrEqual(2);
        if (severity === "error") expect(mend.length, title).toBeGreaterThan(0);
      }
    },
  );
});

describe("tables of labels", () => {
  for (const { path, fault, expect: expected, code } of about)
    it(`${expected === "accept" ? "takes" : `${expected}s ${code}`} ${path.slice(4)} (${fault})`, async () => {
      const { report } = await blockOf(await readBadInput(path), ["not_there.jpg"]);
      const found = report.problems.filter((one) => !SMALL.has(one.code) || one.code === code);
      const ours = OURS.get(code) ?? code;
      if (expected === "accept") expect(found).toEqual([]);
      else expect(found.map((one) => one.code)).toContain(ours);
      if (expected === "reject") expect(found.find((one) => one.code === ours)?.severity).toBe("error");
      if (expected === "warn") expect(found.every(({ severity }) => severity !== "error")).toBe(true);
    });

  it("keeps 1, 01 and 1.0 apart: labels are text", async () => {
    const { report } = await blockOf(await readBadInput("csv/numeric_labels.csv"));
    expect(report.vocab).toEqual(["01", "1", "1.0"]);
  });

  it("takes each of eleven names of object fields for a class of its own", async () => {
    const { report } = await blockOf(await readBadInput("csv/proto_labels.csv"));
    expect(new Set(report.vocab).size).toBe(11);
    expect(report.vocab).toContain("__proto__");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });
});

describe("labels that look alike", () => {
  it("share a key when only case, composition, blanks or invisible marks differ", () => {
    for (const [a, b] of [
      ["Cat", "cat "],
      ["é", "e\u0301"],
      ["a_b", "a b"],
      ["cat", "c\u200bat"],
      ["abc", "\u202eabc"],
    ] as const)
      expect(lookalikeKey(a)).toBe(lookalikeKey(b));
    expect(lookalikeKey("1")).not.toBe(lookalikeKey("01"));
  });

  it("are shown with their invisible marks", () => {
    expect(visible("a\u202eb\u200b")).toBe("a[U+202E]b[U+200B]");
  });
});
