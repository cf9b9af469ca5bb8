// Poses, points and series that are broken, each in its way: named by file and line, and the rest goes on.
import { describe, expect, it } from "vitest";
import { encodePng } from "../formats/png/encodePng";
import { PROBLEMS } from "../spec/problems";
import { RECIPES } from "../spec/recipes";
import type { DataSpec, Recipe } from "../spec/recipe";
import { badInputs, readBadInput } from "../testing/badInputs";
import { fakeDecoder } from "../testing/fakeDecoder";
import { memoryIndex } from "../testing/nodeSource";
import { createDataBlock, type DataBlock } from "./dataBlock";
import { seriesItems } from "./seriesItems";

const photos = RECIPES["photos"] as Recipe;
const resize = [{ kind: "resize", size: 8, method: "squish" }];
const picture = encodePng({ width: 16, height: 8, channels: 1, data: new Uint8Array(128) });

async function blockOf(
  files: Record<string, string | Uint8Array<ArrayBuffer>>,
  task: Recipe["task"],
  data: Partial<DataSpec>,
): Promise<DataBlock> {
  const index = await memoryIndex(files);
  const split = { kind: "none" } as const;
  const recipe = { ...photos, task, data: { ...photos.data, transforms: resize, augment: [], batchSize: 1, split, ...data } }; // prettier-ignore
  return createDataBlock({ index, recipe, decoder: fakeDecoder() });
}

/** Items by code, notes and hints about the split left out. */
async function told(block: DataBlock): Promise<Record<string, readonly string[]>> {
  if (block.report.ready) await block.loaders();
  const about = block.report.problems.filter(({ code }) => !code.startsWith("SPLIT_"));
  for (const { detail, mend, severity } of about) {
    expect(detail).not.toBe("");
    if (severity !== "note") expect(mend.length).toBeGreaterThan(0);
  }
  return Object.fromEntries(about.map(({ code, items }) => [code, items]));
}

const POSE = "1 0 0\n0 1 0\n0 0 1\n\n1 1 900\n";
const CAMERA = "517 0 8\n0 517 4\n0 0 1\n";

describe("head poses", () => {
  const POSES = { kind: "pose", template: "{folder}/{stem}_pose.txt", strip: "_rgb", calibration: "{folder}/rgb.cal" } as const; // prettier-ignore
  const made = async (pose: string, camera: string = CAMERA) =>
    blockOf(
      {
        ...Object.fromEntries(["a", "b", "c"].map((name) => [`01/${name}_pose.txt`, name === "a" ? pose : POSE])),
        "01/a_rgb.png": await picture,
        "01/b_rgb.png": await picture,
        "01/c_rgb.png": await picture,
        "01/rgb.cal": CAMERA,
        "02/d_rgb.png": await picture,
        "02/d_pose.txt": POSE,
        "02/rgb.cal": camera,
      },
      "points",
      { labels: POSES },
    );

  it.each([
    ["three lines", POSE.split("\n").slice(0, 3).join("\n")],
    ["five lines", `${POSE}1 2 3\n`],
    ["a line of two numbers", POSE.replace("0 1 0", "0 1")],
    ["a word", POSE.replace("900", "near")],
    ["a gap", POSE.replace("900", "NaN")],
    ["a centre in the camera itself", POSE.replace("900", "0")],
    ["nothing", ""],
  ])("with %s are named; the others train", async (_, pose) => {
    const block = await made(pose);
    expect(await told(block)).toEqual({ POSE_BROKEN: ["01/a_pose.txt"] });
    expect(block.report.train).toBe(3);
  });

  it.each([
    ["a header", `fx 0 cx\n${CAMERA}`],
    ["two lines", CAMERA.split("\n").slice(0, 2).join("\n")],
    ["a focal length of zero", CAMERA.replace("517", "0")],
    ["nothing", ""],
  ])("seen by a camera file with %s are left out, and the file is named", async (_, camera) => {
    const block = await made(POSE, camera);
    expect(await told(block)).toEqual({ CAMERA_BROKEN: ["02/rgb.cal"] });
    expect(block.report.train).toBe(3);
  });
});

describe("points in files", () => {
  const PTS = "version: 1\nn_points: 2\n{\n1 2\n3 4\n}\n";
  const made = async (pts: string) =>
    blockOf(
      {
        ...Object.fromEntries(["a", "b", "c"].map((name) => [`p/${name}.pts`, name === "a" ? pts : PTS])),
        "p/a.png": await picture,
        "p/b.png": await picture,
        "p/c.png": await picture,
      },
      "points",
      { labels: { kind: "pointsFile", template: "{folder}/{stem}.pts", order: "xy" } },
    );

  it.each([
    ["another count than its header says", PTS.replace("n_points: 2", "n_points: 3")],
    ["fewer points than the others", PTS.replace("n_points: 2", "n_points: 1").replace("3 4\n", "")],
    ["no closing brace", PTS.replace("}", "")],
    ["three numbers in a line", PTS.replace("1 2", "1 2 3")],
    ["words", PTS.replace("1 2", "left eye")],
    ["nothing", ""],
  ])("with %s are named; the others train", async (_, pts) => {
    const block = await made(pts);
    const problems = await told(block);
    expect(problems).toEqual({ POINTS_BROKEN: ["a.png"] });
    expect(block.report.train).toBe(2);
  });

  it("outside of their picture are kept, and said", async () => {
    const block = await made(PTS.replace("1 2", "-5 2"));
    expect(await told(block)).toEqual({ POINTS_OUTSIDE: ["a.png"] });
    expect(PROBLEMS.POINTS_OUTSIDE.severity).toBe("warning");
    expect(block.report.train).toBe(3);
  });
});

describe("points in a table", () => {
  const made = async (...odd: string[]) => {
    const rows = Array.from({ length: 6 }, (_, i) => odd[i] ?? `${i}.png,${2 + i},${3 + i}`);
    const files = Object.fromEntries(
      await Promise.all(rows.map(async (_, i) => [`t/${i}.png`, await picture] as const)),
    );
    return blockOf({ ...files, "t/points.csv": ["name,x,y", ...rows].join("\n") }, "points", {
      items: { kind: "csvColumn", file: "points.csv", column: "name", folder: "", suffix: "" },
      labels: { kind: "pointColumns", columns: [], order: "xy" },
    });
  };

  it.each([
    ["NaN", "0.png,NaN,3"],
    ["a gap", "0.png,,3"],
    ["a word", "0.png,2,left"],
    ["an infinity", "0.png,2,inf"],
  ])("with %s in the very first row are named by picture and line; the others train", async (_, row) => {
    const block = await made(row);
    expect(await told(block)).toEqual({ TABLE_NUMBERS: ["0.png, line 2"] });
    expect(block.report.train).toBe(5);
  });

  it("beyond the edge are kept, and said", async () => {
    expect(await told(await made("0.png,-4,30"))).toEqual({ POINTS_OUTSIDE: ["0.png"] });
  });
});

describe("numbers in a table", () => {
  const made = async (columns: string, row: (i: number) => string) => {
    const rows = Array.from({ length: 6 }, (_, i) => `${i}.png,${row(i)}`);
    const files = Object.fromEntries(
      await Promise.all(rows.map(async (_, i) => [`t/${i}.png`, await picture] as const)),
    );
    return blockOf({ ...files, "t/n.csv": [`name,${columns}`, ...rows].join("\n") }, "regression", {
      items: { kind: "csvColumn", file: "n.csv", column: "name", folder: "", suffix: "" },
      labels: { kind: "floatColumns", columns: columns.split(",") },
    });
  };

  it("of very different spreads are named, and each can be learned alone by a button", async () => {
    const block = await made("age,weight", (i) => `${20 + i},${1000 + 200 * i}`);
    expect(await told(block)).toEqual({ NUMBERS_SCALES: ["age: spread 1.71", "weight: spread 342"] });
    const [found] = block.report.problems.filter(({ code }) => code === "NUMBERS_SCALES");
    expect(found?.mend[1]).toEqual({ label: "Only weight", action: { do: "setRecipe", path: "data.labels.columns", value: ["weight"] } }); // prettier-ignore
  });

  it.each([
    ["of like spreads, however large they are", "x,y", (i: number) => `${i},${5000 + 3 * i}`],
    ["of which one never changes", "x,y", (i: number) => `${i},7`],
    ["that stand alone", "x", (i: number) => `${1000 * i}`],
  ])("%s are left in peace", async (_, columns, row) => {
    expect(await told(await made(columns, row))).toEqual({});
  });
});

describe("series", () => {
  const row = (label: string, length = 8, value = "1"): string => [label, ...Array.from({ length }, (_, i) => (i === 3 ? value : String(i))) ].join("\t"); // prettier-ignore
  const made = (first: string, more: Record<string, string> = {}, files = ["A_TRAIN.tsv"]) =>
    blockOf({ "A_TRAIN.tsv": [first, row("2"), row("1"), row("2", 8, "7")].join("\n"), ...more }, "singleLabel", {
      items: { kind: "series", files, label: "first" },
      labels: { kind: "rowClass" },
      transforms: [{ kind: "seriesPicture", size: 8 }],
    });

  it.each([
    ["another length", row("1", 5), { SERIES_LENGTH: ["A_TRAIN.tsv#1: 5 numbers"] }],
    ["NaN in the middle", row("1", 8, "NaN"), { SERIES_GAPS: ["A_TRAIN.tsv, line 1"] }],
    ["an infinity", row("1", 8, "inf"), { SERIES_GAPS: ["A_TRAIN.tsv, line 1"] }],
    ["a number beyond any float", row("1", 8, "1e300"), { SERIES_GAPS: ["A_TRAIN.tsv, line 1"] }],
    ["no class", row(""), { LABEL_MISSING: ["A_TRAIN.tsv#1"] }],
  ])("with %s are named by file and line; the others train", async (_, first, expected) => {
    const block = await made(first);
    expect(await told(block)).toMatchObject(expected);
    expect(block.report.train).toBe(3);
  });

  it.each([
    ["shorter", row("1", 5), "linear", [0, 4]],
    ["longer", row("1", 16), "paa", [0.5, 14.5]],
  ] as const)("that are %s are resized to the others' length at one press, and left out again at another", async (_, first, otherLengths, ends) => {
    const problemsOf = (block: DataBlock) => block.report.problems.filter(({ code }) => code.startsWith("SERIES_"));
    const action = problemsOf(await made(first)).flatMap(({ mend }) => mend)[0];
    expect(action).toMatchObject({ label: "Resize them to 8 numbers", action: { path: "data.items", value: { otherLengths, length: 8 } } }); // prettier-ignore
    if (action?.action.do !== "setRecipe") throw new Error("no button");
    const index = await memoryIndex({ "A_TRAIN.tsv": [first, row("2")].join("\n") });
    const items = await seriesItems(index, action.action.value as Parameters<typeof seriesItems>[1]);
    if (!items.ok) throw new Error(items.error.title);
    const [resized] = items.value.series?.values ?? [];
    expect([resized?.length, resized?.at(0), resized?.at(-1)]).toEqual([8, ...ends]);
    const [told] = items.value.problems;
    expect(told).toMatchObject({ code: "SERIES_RESIZED", severity: "note", items: [expect.stringContaining("A_TRAIN.tsv#1")] }); // prettier-ignore
    const back = told?.mend[0]?.action;
    if (back?.do !== "setRecipe") throw new Error("no way back");
    const left = await seriesItems(index, back.value as Parameters<typeof seriesItems>[1]);
    expect(left.ok && left.value.files.length).toBe(1);
  }); // prettier-ignore

  it("of an empty file are named beside those of a good one", async () => {
    const block = await made(row("1"), { "A_TEST.tsv": "" }, ["A_TRAIN.tsv", "A_TEST.tsv"]);
    expect(await told(block)).toMatchObject({ SERIES_EMPTY: ["A_TEST.tsv"] });
    expect(block.report.train).toBe(4);
  });

  it("of a file that is not there stop the block, by name", async () => {
    const block = await made(row("1"), {}, ["B_TRAIN.tsv"]);
    expect([block.report.ready, await told(block)]).toEqual([false, { CSV_NOT_FOUND: ["B_TRAIN.tsv"] }]);
  });
});

describe("tables of the corpus of bad inputs, taken for numbers", () => {
  it.each(badInputs("csv").map(({ path }) => [path] as const))("%s is used or refused by name", async (path) => {
    const block = await blockOf(
      { "images/1.png": await picture, "images/2.png": await picture, "t.csv": await readBadInput(path) },
      "regression",
      { items: { kind: "files", folder: "images" }, labels: { kind: "floatColumns", columns: [], file: "t.csv" } },
    );
    const codes = Object.keys(await told(block));
    expect(block.report.ready || codes.length > 0).toBe(true);
    expect(codes.every((code) => /^(CSV|LABEL|TABLE|LABELS|ITEMS)_/.test(code) || code.startsWith("IMG_"))).toBe(true);
  });
});
