// Tables: RFC 4180 with any line end, encodings, delimiters, every bad input.
import { describe, expect, it } from "vitest";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { hasShared, readShared, readSharedJson } from "../../testing/shared";
import { stopwatch } from "../../testing/stopwatch";
import { parseCsv } from "./csv";
import { splitRows } from "./splitRows";

const text = new TextEncoder();
const parse = (csv: string) => {
  const table = parseCsv(text.encode(csv));
  if (!table.ok) throw new Error(table.error.code);
  return table.value;
};
const verdict = async (name: string) => {
  const table = parseCsv(await readBadInput(`csv/${name}`));
  return table.ok
    ? { ok: true, codes: table.value.problems.map(({ code }) => code) }
    : { ok: false, codes: [table.error.code] };
};

/** Codes that speak of labels and of pictures, not of the table itself: see the tests of data blocks. */
const OF_LABELS = /^(LABEL_|CLASS_|CSV_MISSING|CSV_CONFLICT|CSV_DUP$|CSV_PATH|CSV_NUMBER)/;

describe("parseCsv on the corpus", () => {
  for (const { path, fault, expect: expected, code } of badInputs("csv"))
    it(`${expected === "accept" ? "takes" : `${expected}s ${code}`} ${path.slice(4)} (${fault})`, async () => {
      const found = await verdict(path.slice(4));
      if (OF_LABELS.test(code)) expect(found).toEqual({ ok: true, codes: [] });
      else expect(found).toEqual({ ok: expected !== "reject", codes: expected === "accept" ? [] : [code] });
    });
});

/** All but location_coordinates, whose published answer has another telephone number than its table. */
describe.skipIf(!hasShared)("parseCsv on csv-spectrum", () => {
  for (const name of [
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "newlines",
    "newlines_crlf",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
  ])
    it(`agrees with the answer for ${name}`, async () => {
      const folder = "data/badinputs/csv-spectrum";
      const table = parseCsv(await readShared(`${folder}/csvs/${name}.csv`));
      const answer = await readSharedJson<unknown>(`${folder}/json/${name}.json`);
      if (!table.ok) throw new Error(table.error.code);
      const { columns, rows } = table.value;
      const objects = rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
      const plain = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll("\\r\\n", "\\n")) as unknown;
      expect(plain(objects)).toEqual(plain([answer].flat()));
    });
});

describe("parseCsv", () => {
  it("reads the same table with every line end and in every encoding", async () => {
    const tables = [];
    for (const name of ["ok", "bom_utf8", "utf16le_bom", "utf16be_bom", "crlf", "cr_only"]) {
      const table = parseCsv(await readBadInput(`csv/${name}.csv`));
      tables.push(table.ok ? table.value.columns : table.error.code);
    }
    expect(new Set(tables.map((columns) => JSON.stringify(columns)))).toEqual(new Set(['["file","label"]']));
    expect(parse("a,b\r1,2\r\n3,4\n5,6").rows).toEqual([
      ["1", "2"],
      ["3", "4"],
      ["5", "6"],
    ]);
  });

  it("guesses the delimiter", () => {
    expect(["a,b\n1,2", "a;b\n1,5;2", "a\tb\n1\t2", "a|b\n1|2", "a\n1"].map((csv) => parse(csv).delimiter)).toEqual([
      ",",
      ";",
      "\t",
      "|",
      ",",
    ]);
  });

  it("keeps commas, quotes and line ends inside of quotes", () => {
    expect(parse('a,b\n"x, ""y""","1\r\n2"').rows).toEqual([['x, "y"', "1\r\n2"]]);
  });

  it("names the line on which an unclosed quote opened", () => {
    const table = parseCsv(text.encode('a,b\n"1\n2",3\n4,"5\n6,7\n'));
    expect(table.ok ? null : table.error).toMatchObject({ code: "CSV_QUOTE", items: ["line 4"] });
  });

  it("counts lines inside of quotes", () => {
    expect(splitRows('a\n"1\n2"\nb', ",").lines).toEqual([1, 2, 4]);
  });

  it("keeps Latin-1 letters and says so, without replacement characters", async () => {
    const table = parseCsv(await readBadInput("csv/latin1.csv"));
    if (!table.ok) throw new Error(table.error.code);
    expect(table.value.encoding).toBe("windows-1252");
    expect(JSON.stringify(table.value.rows)).not.toContain("\ufffd");
  });

  it("reads 40,000 rows in less than a second", () => {
    const rows = Array.from({ length: 40_000 }, (_, i) => `train_${i},clear primary road water`).join("\n");
    const took = stopwatch();
    expect(parse(`image_name,tags\n${rows}`).rows).toHaveLength(40_000);
    expect(took()).toBeLessThan(1000);
  });
});
