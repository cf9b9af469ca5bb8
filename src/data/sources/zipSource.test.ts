// Zips as sources: the outcome of every bad input.
import { describe, expect, it } from "vitest";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { stopwatch } from "../../testing/stopwatch";
import type { Problem } from "../../base/problem";
import { openSource } from "./openSource";

const fileOf = (bytes: Uint8Array<ArrayBuffer>, name = "a.zip"): File => new File([bytes], name);

/** Every message names something, says it in at most two sentences, and a refusal offers a way on. */
function expectGood({ items, detail, mend, severity, title }: Problem): void {
  expect(items.length, title).toBeGreaterThan(0);
  expect(detail.split(/[.!?](?:\s|$)/).filter(Boolean).length, detail).toBeLessThanOrEqual(2);
  if (severity === "error") expect(mend.length, title).toBeGreaterThan(0);
}

/** Codes of everything that is said while a zip is opened and all of it is read. */
async function said(bytes: Uint8Array<ArrayBuffer>): Promise<{ refused: string | null; noted: string[] }> {
  const took = stopwatch();
  const source = await openSource([{ kind: "archive", file: fileOf(bytes) }]);
  expect(took()).toBeLessThan(5000);
  if (!source.ok) {
    expectGood(source.error);
    return { refused: source.error.code, noted: [] };
  }
  for (const one of source.value.info.problems) if (one.code !== "SOURCE_JUNK") expectGood(one);
  const noted = source.value.info.problems.map(({ code }) => code);
  for (let i = 0; i < source.value.paths.length; i += 1) {
    const read = await source.value.read(i);
    if (read.ok) continue;
    expectGood(read.error);
    noted.push(read.error.code);
  }
  return { refused: null, noted };
}

/** Our names for codes that the corpus proposes under another one. */
const SAME = new Map([["DATA_NO_IMAGES", ["SOURCE_NO_IMAGES", "ZIP_EMPTY"]]]);
/** What is found when labels are made, not when the archive is opened. */
const LATER = new Set(["LABEL_LOOKALIKE"]);

describe("zip", () => {
  for (const { path, fault, expect: expected, code } of badInputs("zip"))
    it(`${expected === "accept" ? "takes" : `${expected}s ${code}`} ${path.slice(4)} (${fault})`, async () => {
      const { refused, noted } = await said(await readBadInput(path));
      const codes = SAME.get(code) ?? [code];
      if (expected === "reject") expect(codes).toContain(refused ?? noted[0]);
      else if (expected === "warn" && !LATER.has(code))
        expect(new Set([...noted, refused ?? code])).toEqual(new Set([code]));
      else
        expect({ refused, noted: noted.filter((one) => one !== "SOURCE_JUNK") }).toEqual({ refused: null, noted: [] });
      if (expected === "warn" && !LATER.has(code)) expect(noted.length + (refused === null ? 0 : 1)).toBeGreaterThan(0);
    });

  it("strips one folder around everything", async () => {
    const source = await openSource([{ kind: "archive", file: fileOf(await readBadInput("zip/top_folder.zip")) }]);
    if (!source.ok) throw new Error(source.error.code);
    expect([...new Set(source.value.paths.map((path) => path.split("/")[0]))]).toEqual(["cat", "dog"]);
  });
});
