// Opening what was dropped: file lists, several things together, order, junk, pictures without an ending.
import { describe, expect, it } from "vitest";
import { createRng, shuffled } from "../../base/rng";
import type { SourceInput } from "../../spec/source";
import { readBadInput } from "../../testing/badInputs";
import { stopwatch } from "../../testing/stopwatch";
import type { FileIndex } from "./fileIndex";
import { naturalOrder } from "./naturalOrder";
import { openSource } from "./openSource";

const files = (paths: readonly string[], name = "drop"): SourceInput => ({
  kind: "files",
  name,
  files: paths.map((path) => ({ path, file: new File([path], path.split("/").at(-1) ?? "") })),
});
async function open(...inputs: SourceInput[]): Promise<FileIndex> {
  const index = await openSource(inputs);
  if (!index.ok) throw new Error(index.error.code);
  return index.value;
}
async function refusal(...inputs: SourceInput[]): Promise<string> {
  const index = await openSource(inputs);
  return index.ok ? "opened" : index.error.code;
}

describe("openSource", () => {
  it("orders by folder and number, however the files came", async () => {
    const sorted = ["a/2.jpg", "a/10.jpg", "a b/1.jpg", "b/1.jpg", "b/x/1.jpg", "c.jpg"];
    const index = await open(files(shuffled(sorted, createRng(1))));
    expect(index.paths).toEqual(sorted);
  });

  it("orders 100,000 paths in less than two seconds", () => {
    const paths = Array.from({ length: 100_000 }, (_, i) => `class_${i % 100}/picture_${(i * 7919) % 100_000}.jpg`);
    const took = stopwatch();
    const order = naturalOrder(paths);
    expect(took()).toBeLessThan(2000);
    expect(paths[order[0] as number]).toBe("class_0/picture_0.jpg");
    expect(paths[order[1] as number]).toBe("class_0/picture_100.jpg");
  });

  it("strips the folders around everything and remembers the innermost name", async () => {
    const index = await open(files(["data/pets/cats/1.jpg", "data/pets/cats/2.jpg"]));
    expect([index.paths, index.rootName]).toEqual([["1.jpg", "2.jpg"], "cats"]);
  });

  it("keeps the names of several folders that were dropped together", async () => {
    const cats: SourceInput = { kind: "archive", file: new File([await readBadInput("zip/ok.zip")], "cats.zip") };
    const index = await open(cats, files(["labels.csv"]));
    expect(index.paths.every((path) => path.startsWith("cats/") || path === "labels.csv")).toBe(true);
    const last = await index.read(index.find("labels.csv"));
    expect(last.ok && (await last.value.text())).toBe("labels.csv");
  });

  it("opens a zip that was dropped as a single file", async () => {
    const file = new File([await readBadInput("zip/ok.zip")], "pets.zip");
    const index = await open({ kind: "files", name: "pets.zip", files: [{ path: "pets.zip", file }] });
    expect(index.info).toMatchObject({ kind: "archive", name: "pets" });
  });

  it("takes a picture without an ending for one, and no other file", async () => {
    const picture = new File([await readBadInput("img/jpeg_noext")], "IMG_1");
    const list = [picture, new File(["all rights reserved"], "LICENSE")].map((file) => ({
      path: `a/${file.name}`,
      file,
    }));
    const index = await open({ kind: "files", name: "drop", files: [...list, { path: "a/b.jpg", file: picture }] });
    expect([...index.images].map((file) => index.paths[file])).toEqual(["IMG_1", "b.jpg"]);
  });

  it("reads each file by its own path", async () => {
    const index = await open(files(["b/2.png", "a/1.png", "b/10.png"]));
    for (const [file, path] of index.paths.entries()) {
      const blob = await index.read(file);
      expect(blob.ok && (await blob.value.text())).toBe(path);
    }
  });

  it("gets another identity when a file comes, goes or changes", async () => {
    const sized = (size: number): SourceInput => ({
      kind: "files",
      name: "drop",
      files: [{ path: "a/1.jpg", file: new File([new Uint8Array(size)], "1.jpg", { lastModified: 1 }) }],
    });
    const identities = [await open(sized(1)), await open(sized(2)), await open(files(["a/1.jpg", "a/2.jpg"]))].map(
      ({ identity }) => identity,
    );
    expect(new Set(identities).size).toBe(3);
    expect((await open(sized(1))).identity).toBe(identities[0]);
  });

  it("says what is missing", async () => {
    expect(await refusal()).toBe("SOURCE_EMPTY");
    expect(await refusal(files([".DS_Store", "__MACOSX/a.jpg"]))).toBe("SOURCE_EMPTY");
    expect(await refusal(files(["notes.txt", "labels.csv"]))).toBe("SOURCE_NO_IMAGES");
    expect(await refusal({ kind: "sample", id: "no such sample" })).toBe("SOURCE_MISSING");
  });
});
