// 20,000 seeded damages to files of poses, points and series: every one is read or refused, soon, and never by accident.
import { describe, expect, it } from "vitest";
import { mutate } from "../testing/mutate";
import { stopwatch } from "../testing/stopwatch";
import { parseCsv } from "./csv/csv";
import { readMatrix } from "./matrix/readMatrix";
import { readCamera, readPose } from "./points/biwiPose";
import { readPoints } from "./points/pointFile";
import { looksLikeSeries, readSeries, type LabelPlace } from "./series/readSeries";

const COUNT = 20_000;
/** No damage may keep a parser busy for longer. */
const SLOWEST_MS = 1000;

const utf8 = new TextEncoder();
const decoder = new TextDecoder();

const rows = (count: number, cells: number, delimiter: string, seed = 1): string =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: cells }, (_, at) => (Math.sin(seed * (row * 31 + at)) * 2).toFixed(4)).join(delimiter),
  ).join("\n");

/** Runs all damages of some originals, each text with its number; gives how many were read. */
function readOf(originals: readonly string[], read: (text: string, k: number) => boolean): number {
  const sources = originals.map((text) => utf8.encode(text));
  let [good, slowest] = [0, 0];
  for (let k = 0; k < COUNT; k += 1) {
    const text = decoder.decode(mutate(sources[k % sources.length] as Uint8Array<ArrayBuffer>, "numbers", k));
    const took = stopwatch();
    if (read(text, k)) good += 1;
    slowest = Math.max(slowest, took());
  }
  expect(slowest).toBeLessThan(SLOWEST_MS);
  return good;
}

/** Some damages did no harm, and some did. */
function expectBoth(good: number): void {
  expect(good).toBeGreaterThan(COUNT / 100);
  expect(good).toBeLessThan(COUNT);
}

/** Also as floats of four bytes. */
const finite = (values: ArrayLike<number>): boolean =>
  Array.from(values).every((value) => Number.isFinite(Math.fround(value)));

describe("20,000 damaged files of numbers", { timeout: 60_000 }, () => {
  it("poses", () => {
    const pose = "0.98 0.01 0.18 \n0.03 0.97 -0.22 \n-0.17 0.22 0.95 \n\n5.69 -56.40 416.23 \n";
    expectBoth(
      readOf([pose, pose.replaceAll("\n", "\r\n")], (text) => {
        const centre = readPose(text);
        if (centre !== null) expect([centre.length, finite(centre), centre[2] === 0]).toEqual([3, true, false]);
        return centre !== null;
      }),
    );
  });

  it("cameras", () => {
    const camera =
      "517.679 0 320 \n0 517.679 240.5 \n0 0 1 \n\n0 0 0 0 \n\n1 0 0 \n0 1 0 \n0 0 1 \n\n0 0 0 \n\n640 480 \n";
    expectBoth(
      readOf([camera], (text) => {
        const found = readCamera(text);
        if (found !== null) expect([finite(Object.values(found)), found.fx > 0, found.fy > 0]).toEqual([true, true, true]);
        return found !== null;
      }),
    ); // prettier-ignore
  });

  it("points in files, with a header and without", () => {
    const pairs = rows(12, 2, " ");
    const pts = `version: 1\nn_points: 12\n{\n${pairs}\n}\n`;
    expectBoth(
      readOf([pts, pairs, pairs.replaceAll(" ", ","), `# x y\n${pairs}`], (text) => {
        const points = readPoints(text);
        expect((points ?? []).every((point) => point.length === 2 && finite(point))).toBe(true);
        return points !== null;
      }),
    );
  });

  it("points in tables", () => {
    const table = `name,x0,y0,x1,y1\n${Array.from({ length: 12 }, (_, i) => `${i}.png,${i},2,3.5,${4 * i}`).join("\n")}\n`;
    expectBoth(
      readOf([table, table.replaceAll(",", ";")], (text) => {
        const parsed = parseCsv(utf8.encode(text));
        if (parsed.ok) expect(parsed.value.rows.every((row) => row.length === parsed.value.columns.length)).toBe(true);
        return parsed.ok;
      }),
    );
  });

  it("series: tables, .arff and .ts", () => {
    const tabs = rows(6, 12, "\t");
    const arff = `@relation R\n${"@attribute a numeric\n".repeat(11)}@attribute class {1,2}\n@data\n${rows(6, 11, ",")
      .split("\n")
      .map((row, i) => `${row},${(i % 2) + 1}`)
      .join("\n")}\n`;
    const ts = `@problemName P\n@timeStamps false\n@classLabel true 1 2\n@data\n${rows(6, 12, ",").replaceAll("\n", ":1\n")}:2\n`;
    const places: readonly LabelPlace[] = ["first", "last", "none"];
    expectBoth(
      readOf([tabs, tabs.replaceAll("\t", ","), arff, ts], (text, k) => {
        looksLikeSeries(text);
        const { rows: found, broken } = readSeries(text, places[k % 3] as LabelPlace);
        expect(found.every(({ values }) => values.length > 0 && finite(values))).toBe(true);
        expect(new Set([...found.map(({ line }) => line), ...broken]).size).toBe(found.length + broken.length);
        return found.length > 0 && broken.length === 0;
      }),
    );
  });

  it("matrices", () => {
    const matrix = rows(8, 8, ",");
    expectBoth(
      readOf([matrix, rows(8, 8, "\t"), rows(8, 8, " ")], (text) => {
        const found = readMatrix(text);
        if (typeof found !== "string") {
          expect(found.samples.length).toBe(found.width * found.height);
          expect(finite(found.samples)).toBe(true);
        }
        return typeof found !== "string";
      }),
    );
  });
});
