// Walking real directory handles (of the browser's private file system) and reading files that change or go away.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSource } from "./openSource";
import { readBytes } from "./readBytes";

let root: FileSystemDirectoryHandle;

async function write(path: string, text: string): Promise<void> {
  const parts = path.split("/");
  let folder = root;
  for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true });
  const file = await folder.getFileHandle(parts.at(-1) as string, { create: true });
  const stream = await file.createWritable();
  await stream.write(text);
  await stream.close();
}

beforeAll(async () => {
  const opfs = await navigator.storage.getDirectory();
  root = await opfs.getDirectoryHandle("walked", { create: true });
  for (const path of ["pets/dog/10.jpg", "pets/dog/9.jpg", "pets/cat/1.jpg", "pets/.DS_Store", "pets/__MACOSX/a.jpg"])
    await write(path, path);
  await write("pets/labels.csv", "name,label\n");
});
afterAll(async () => (await navigator.storage.getDirectory()).removeEntry("walked", { recursive: true }));

describe("a directory handle", () => {
  it("gives its files in natural order, without the folder around them and without junk", async () => {
    const index = await openSource([{ kind: "directory", handle: root }]);
    if (!index.ok) throw new Error(index.error.code);
    expect(index.value.paths).toEqual(["cat/1.jpg", "dog/9.jpg", "dog/10.jpg", "labels.csv"]);
    expect(index.value.info).toMatchObject({ files: 4, images: 3, tables: 1, kind: "directory", name: "walked" });
    expect(index.value.info.problems.map(({ code, total }) => [code, total])).toEqual([["SOURCE_JUNK", 2]]);
  });

  it("gives the same where its files are listed already, junk apart", async () => {
    const walked = await openSource([{ kind: "directory", handle: root }]);
    const paths = ["dog/10.jpg", "dog/9.jpg", "cat/1.jpg", ".DS_Store", "__MACOSX/a.jpg", "labels.csv"];
    const listing = paths.map((path) => `pets/${path}`).join("\0");
    const listed = await openSource([{ kind: "directory", handle: root, listing }]);
    if (!walked.ok || !listed.ok) throw new Error("refused");
    expect(listed.value.paths).toEqual(walked.value.paths);
    expect(listed.value.identity, "caches fit").toBe(walked.value.identity);
    expect(listed.value.info).toEqual(walked.value.info);
    const read = await listed.value.read(2);
    expect(read.ok && (await read.value.text())).toBe("pets/dog/10.jpg");
  });

  it("names a listed file whose folder is gone, and an empty listing", async () => {
    const listed = await openSource([{ kind: "directory", handle: root, listing: "gone/1.jpg\0gone/2.jpg" }]);
    if (!listed.ok) throw new Error(listed.error.code);
    const read = await listed.value.read(0);
    expect(read.ok ? "" : [read.error.code, ...read.error.items]).toEqual(["SOURCE_FILE_GONE", "gone/1.jpg"]);
    const empty = await openSource([{ kind: "directory", handle: root, listing: "" }]);
    expect(empty.ok ? "" : empty.error.code).toBe("SOURCE_EMPTY");
  });

  it("tells a file that is gone and a file that changed from one that is damaged", async () => {
    await write("late/1.jpg", "1");
    await write("late/2.jpg", "2");
    const index = await openSource([{ kind: "directory", handle: root }]);
    if (!index.ok) throw new Error(index.error.code);
    const [one, two] = ["late/1.jpg", "late/2.jpg"].map((path) => index.value.find(path)) as [number, number];
    const before = await index.value.read(two);
    if (!before.ok) throw new Error("unreadable");
    const late = await root.getDirectoryHandle("late");
    await late.removeEntry("1.jpg");
    await write("late/2.jpg", "now longer than before");
    const gone = await index.value.read(one);
    expect(gone.ok ? "" : gone.error.code).toBe("SOURCE_FILE_GONE");
    const stale = await readBytes(before.value, "late/2.jpg");
    expect(stale.ok ? new TextDecoder().decode(stale.value) : stale.error.code).toBe("SOURCE_CHANGED");
    const fresh = await index.value.read(two);
    expect(fresh.ok && (await fresh.value.text())).toBe("now longer than before");
    await root.removeEntry("late", { recursive: true });
  });

  it("names an empty folder", async () => {
    const empty = await root.getDirectoryHandle("empty", { create: true });
    const index = await openSource([{ kind: "directory", handle: empty }]);
    expect(index.ok ? "" : index.error.code).toBe("SOURCE_EMPTY");
  });

  it("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(openSource([{ kind: "directory", handle: root }], { signal })).rejects.toThrow("enough");
  });
});
