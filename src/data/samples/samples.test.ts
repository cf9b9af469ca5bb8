// What the samples say about themselves, without drawing: files, tags, balance.
import { describe, expect, it } from "vitest";
import { openSource } from "../sources/openSource";
import { createTables } from "../tables";
import { readCamera, readPose, project, type Camera } from "../../formats/points/biwiPose";
import { paintHead } from "./head";
import { paintStreet } from "./street";

const open = async (id: string) => {
  const index = await openSource([{ kind: "sample", id }]);
  if (!index.ok) throw new Error(index.error.code);
  return index.value;
};

describe("samples", () => {
  it("shapes has four classes of 90 and 30 pictures", async () => {
    const { paths } = await open("shapes");
    const counts = new Map<string, number>();
    for (const path of paths) {
      const folder = path.slice(0, path.lastIndexOf("/"));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect([...counts]).toEqual(
      ["train", "valid"].flatMap((split) =>
        ["circle", "square", "star", "triangle"].map((name) => [`${split}/${name}`, split === "train" ? 90 : 30]),
      ),
    );
  });

  it("tiles has Planet's layout, eleven tags, and each tag on enough tiles to learn it", async () => {
    const index = await open("tiles");
    expect(index.paths).toContain("train-jpg/train_0.jpg");
    const table = await createTables(index).load(index.find("train_v2.csv"));
    if (!table.ok) throw new Error(table.error.code);
    expect(table.value.columns).toEqual(["image_name", "tags"]);
    expect(table.value.rows).toHaveLength(320);
    const counts = new Map<string, number>();
    for (const [, tags = ""] of table.value.rows)
      for (const tag of tags.split(" ")) counts.set(tag, (counts.get(tag) ?? 0) + 1);
    expect(counts.size).toBe(11);
    expect(Math.min(...counts.values())).toBeGreaterThan(15);
  });
});

describe("the painted samples", () => {
  it("streets: every pixel of a mask is a class of codes.txt, all classes occur, and whole streets are kept back", async () => {
    const index = await open("streets");
    const text = async (path: string): Promise<string> => {
      const blob = await index.read(index.find(path));
      if (!blob.ok) throw new Error(blob.error.code);
      return blob.value.text();
    };
    const codes = (await text("codes.txt")).trim().split("\n");
    const kept = (await text("valid.txt")).trim().split("\n");
    expect(kept).toHaveLength(42);
    const streetsOf = (names: readonly string[]) => new Set(names.map((name) => name.split("_")[0]));
    const others = index.paths.filter((path) => path.startsWith("images/") && !kept.includes(path.slice(7)));
    expect([...streetsOf(kept)].filter((street) => streetsOf(others.map((path) => path.slice(7))).has(street))).toEqual([]); // prettier-ignore
    const seen = new Set<number>();
    for (let frame = 0; frame < 6; frame += 1)
      for (const value of paintStreet({ width: 128, height: 96 }, 23, frame, frame).classes) seen.add(value);
    expect([...seen].sort((a, b) => a - b)).toEqual([...codes.keys()]);
  });

  it("heads: the pose file and the camera give back the pixel that was painted as the centre", async () => {
    const index = await open("heads");
    const text = async (path: string): Promise<string> => {
      const blob = await index.read(index.find(path));
      if (!blob.ok) throw new Error(blob.error.code);
      return blob.value.text();
    };
    const camera = readCamera(await text("05/rgb.cal"));
    const place = readPose(await text("05/frame_00003_pose.txt"));
    const { x, y } = paintHead({ width: 128, height: 96 }, 31, 4, 0);
    const [row, column] = project(place as [number, number, number], camera as Camera);
    // Four digits of a millimetre at about 600 mm: a thousandth of a pixel.
    expect(Math.abs(row - y)).toBeLessThan(1e-3);
    expect(Math.abs(column - x)).toBeLessThan(1e-3);
  });

  it("beats: each class has as many rows as the others, z-normalised", async () => {
    const index = await open("beats");
    const blob = await index.read(index.find("Beats_TRAIN.tsv"));
    if (!blob.ok) throw new Error(blob.error.code);
    const rows = (await blob.value.text())
      .trim()
      .split("\n")
      .map((line) => line.split("\t").map(Number));
    const counts = new Map<number, number>();
    for (const [kind = 0, ...values] of rows) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      expect(values).toHaveLength(96);
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 96)).toBeLessThan(1e-4);
    }
    expect([...counts.values()]).toEqual([200, 200, 200]);
  });
});
