// JSON Lines as tables: keys as columns, values as text, broken lines named, no key special.
import { describe, expect, it } from "vitest";
import { hasShared, readShared } from "../../testing/shared";
import { mutate } from "../../testing/mutate";
import { parseJsonl } from "./jsonl";

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const parse = (text: string) => {
  const table = parseJsonl(bytes(text));
  if (!table.ok) throw new Error(table.error.code);
  return table.value;
};

describe("parseJsonl", () => {
  it("makes columns of the keys, whichever line they first appear in", () => {
    const { columns, rows, lines } = parse(
      '{"file":"a.jpg","label":"cat"}\r\n\n{"label":"dog","file":"b.jpg","age":3}',
    );
    expect(columns).toEqual(["file", "label", "age"]);
    expect(rows).toEqual([
      ["a.jpg", "cat", ""],
      ["b.jpg", "dog", "3"],
    ]);
    expect(lines).toEqual([1, 3]);
  });

  it("writes lists with blanks, truth and nothing as text, and what lies deeper as JSON", () => {
    expect(parse('{"tags":["clear","road"],"ok":true,"no":null,"box":{"x":[1,2]}}').rows).toEqual([
      ["clear road", "true", "", '{"x":[1,2]}'],
    ]);
  });

  it("leaves broken lines out by number, and refuses a file of nothing else", () => {
    const { rows, problems } = parse('{"a":1}\n[1]\n{"a":\n{"a":2}');
    expect([rows.length, problems[0]?.code, problems[0]?.items]).toEqual([2, "JSONL_LINES", ["line 2", "line 3"]]);
    const codes = ["not json\n[]", "", " \n"].map((text) => {
      const table = parseJsonl(bytes(text));
      return table.ok ? "read" : table.error.code;
    });
    expect(codes).toEqual(["JSONL_LINES_ALL", "CSV_EMPTY", "CSV_EMPTY"]);
  });

  it("takes __proto__ and constructor for keys like any other", () => {
    const { columns, rows } = parse('{"__proto__":{"polluted":1},"constructor":"x"}');
    expect([columns, rows]).toEqual([["__proto__", "constructor"], [['{"polluted":1}', "x"]]]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("reads or refuses 20,000 damaged files", () => {
    const whole = bytes('{"file":"a.jpg","label":"cat","n":[1,2.5e3]}\n{"file":"ü.jpg","label":null}\n');
    const codes = new Set<string>();
    for (let k = 0; k < 20_000; k += 1) {
      const table = parseJsonl(mutate(whole, "jsonl", k));
      codes.add(table.ok ? "read" : table.error.code);
      if (table.ok) expect(table.value.rows.every((row) => row.length === table.value.columns.length)).toBe(true);
    }
    expect([...codes].filter((code) => !/^(read$|CSV_|JSONL_)/.test(code))).toEqual([]);
    expect(codes.size).toBeGreaterThan(3);
  });
});

describe.skipIf(!hasShared)("strange strings", () => {
  it("come back from a JSON line exactly as they were", async () => {
    const strings = JSON.parse(new TextDecoder().decode(await readShared("data/badinputs/blns/blns.json"))) as string[];
    const lines = strings.map((label) => JSON.stringify({ label })).join("\n");
    expect(parse(lines).rows.map(([label]) => label)).toEqual(strings);
  });
});
