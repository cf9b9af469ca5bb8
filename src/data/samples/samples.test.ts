// What the samples say about themselves, without drawing: files, tags, balance.
import { describe, expect, it } from "vitest";
import { openSource } from "../sources/openSource";
import { createTables } from "../tables";

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
