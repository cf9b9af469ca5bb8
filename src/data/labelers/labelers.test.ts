// Labelers on small made folders: what each path, row or file is called, and what is wrong with the others.
import { describe, expect, it } from "vitest";
import { unwrap } from "../../base/result";
import type { LabelsSpec } from "../../spec/recipe";
import { mayExplode } from "../../spec/pattern";
import { memoryIndex } from "../../testing/nodeSource";
import { findItems } from "../items";
import { createTables } from "../tables";
import { labelItems } from "./index";
import { fillTemplate } from "../../spec/pathTemplate";

async function labelled(files: Record<string, string>, labels: LabelsSpec) {
  const index = await memoryIndex(files);
  const tables = createTables(index);
  const items = unwrap(await findItems(index, tables, { kind: "files", folder: "" }));
  return labelItems(labels, { index, tables, items, multi: false });
}

const named = async (paths: string[], labels: LabelsSpec) => {
  const found = unwrap(await labelled(Object.fromEntries(paths.map((path) => [path, "x"])), labels));
  if (found.answers.kind !== "labels") throw new Error(found.answers.kind);
  return { of: found.answers.of.map((own) => own?.join() ?? null), problems: found.problems.map(({ code }) => code) };
};

describe("labels from the path", () => {
  it.each<[LabelsSpec, string[], (string | null)[]]>([
    [{ kind: "ancestorFolder", levels: 2 }, ["cat/train/1.jpg", "dog/valid/2.jpg"], ["cat", "dog"]],
    [{ kind: "regex", pattern: "([^/]+)_\\d+\\.jpg$", on: "path" }, ["i/beagle_1.jpg", "i/x.jpg"], ["beagle", null]],
    [{ kind: "regex", pattern: "^(?<n>\\d)-(?<label>\\w+)", on: "name" }, ["a/1-one.jpg", "a/2-two.jpg"], ["one", "two"]],
    [{ kind: "fileName" }, ["a/cat.12.jpg", "a/great_pyrenees_173.jpg", "b/7.jpg"], ["cat", "great_pyrenees", "7"]],
    [{ kind: "constant", label: "yes" }, ["a/1.jpg", "b/2.jpg"], ["yes", "yes"]],
  ])("%j", async (spec, paths, expected) => {
    expect((await named(paths, spec)).of).toEqual(expected);
  }); // prettier-ignore

  it("names pictures that the pattern does not fit", async () => {
    const spec = { kind: "regex", pattern: "^(.*)_\\d", on: "name" } as const;
    expect((await named(["a/x_1.jpg", "a/y.jpg"], spec)).problems).toEqual(["LABEL_MISSING"]);
  });

  it.each(["(a+)+$", "(a|aa)*b", "((x*)y)+", "(?:\\w+\\s?)*!"])(
    "refuses %s, which might never end",
    async (pattern) => {
      expect(mayExplode(pattern)).toBe(true);
      const found = await labelled({ "a/1.jpg": "x" }, { kind: "regex", pattern, on: "path" });
      expect(found).toMatchObject({ ok: false, error: { code: "REGEX_SLOW" } });
    },
  );

  it.each(["([^/]+)_\\d+\\.[^.]+$", "(cat|dog)/", "[(+]+", "(a{2,3})+", "\\((a)+\\)"])("takes %s", (pattern) => {
    expect(mayExplode(pattern)).toBe(false);
  });
});

describe("path templates", () => {
  it.each([
    ["labels/{stem}_P{suffix}", undefined, "images/a.png", "labels/a_P.png"],
    ["{folder}annot/{stem}{suffix}", undefined, "train/a.png", "trainannot/a.png"],
    ["{folder}/{stem}_pose.txt", "_rgb", "01/frame_3_rgb.jpg", "01/frame_3_pose.txt"],
    ["{folder}/{stem}.pts", undefined, "a.jpg", "a.pts"],
    ["{parent}/x", undefined, "p/q/a.jpg", "q/x"],
  ])("%s without %s: %s → %s", (template, strip, path, expected) => {
    expect(fillTemplate({ template, strip }, path)).toBe(expected);
  });
});

describe("points from files", () => {
  const pts = (...points: string[]) => `version: 1\nn_points: ${points.length}\n{\n${points.join("\n")}\n}\n`;

  it("takes .pts, names files that differ, and keeps y before x", async () => {
    const found = unwrap(
      await labelled(
        {
          "f/a.jpg": "x", "f/a.pts": pts("10.5 20", "30 40"),
          "f/b.jpg": "x", "f/b.pts": pts("1 2"),
          "f/c.jpg": "x", "f/c.pts": "version: 1\nn_points: 3\n{\n1 2\n}\n",
          "f/d.jpg": "x",
          "f/e.jpg": "x", "f/e.pts": pts("7 8", "9 10"),
        },
        { kind: "pointsFile", template: "{folder}/{stem}.pts", order: "xy" },
      ),
    ); // prettier-ignore
    if (found.answers.kind !== "points") throw new Error(found.answers.kind);
    expect(found.answers.of.map((own) => own && [...own])).toEqual([
      [20, 10.5, 40, 30],
      null,
      null,
      null,
      [8, 7, 10, 9],
    ]);
    expect(found.problems.map(({ code, items }) => [code, items])).toEqual([
      ["LABEL_MISSING", ["d.jpg"]],
      ["POINTS_BROKEN", ["b.jpg", "c.jpg"]],
    ]);
  });

  it("refuses pose files with the wrong number of lines, by name", async () => {
    const good = "1 0 0\n0 1 0\n0 0 1\n\n10 20 900\n";
    const camera = "500 0 320\n0 500 240\n0 0 1\n";
    const found = unwrap(
      await labelled(
        {
          "1/a_rgb.jpg": "x", "1/a_pose.txt": good, "1/rgb.cal": camera,
          "1/b_rgb.jpg": "x", "1/b_pose.txt": "1 0 0\n0 1 0\n",
          "2/c_rgb.jpg": "x", "2/c_pose.txt": good, "2/rgb.cal": "no camera",
        },
        { kind: "pose", template: "{folder}/{stem}_pose.txt", strip: "_rgb", calibration: "{folder}/rgb.cal" },
      ),
    ); // prettier-ignore
    expect(found.problems.map(({ code, items }) => [code, items])).toEqual([
      ["POSE_BROKEN", ["1/b_pose.txt"]],
      ["CAMERA_BROKEN", ["2/rgb.cal"]],
    ]);
  });
});
