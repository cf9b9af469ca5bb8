// The first pictures of a source: from all its folders, and never one that cannot be read.
import { expect, it } from "vitest";
import { err, ok } from "../base/result";
import { problem } from "../spec/problems";
import { fakeDecoder } from "../testing/fakeDecoder";
import { peekPictures } from "./peek";
import type { RawSource } from "./sources/rawSource";

const source = (paths: readonly string[], broken = ""): RawSource => ({
  name: "a",
  kind: "files",
  paths,
  bytes: 0,
  junk: 0,
  problems: [],
  read: async (file) => (paths[file] === broken ? err(problem("SOURCE_FILE_GONE")) : ok(new Blob([]))),
});
/** Every file is a picture of one pixel; Node has no bitmaps. */
const decoder = { ...fakeDecoder(), thumbnail: async () => ({ close: () => {} }) as ImageBitmap };
const shown = async (raw: RawSource): Promise<string[]> => (await peekPictures(raw, decoder)).map(({ path }) => path);

it("shows each folder before it shows a second picture of one", async () => {
  const many = Array.from({ length: 500 }, (_, i) => `cat/${i}.jpg`);
  const paths = await shown(source([...many, "dog/1.jpg", "owl/1.jpg", "notes.txt"]));
  expect(paths).toHaveLength(12);
  expect(paths.filter((path) => !path.startsWith("cat/"))).toEqual(["dog/1.jpg", "owl/1.jpg"]);
});

it("passes over what cannot be read", async () => {
  expect(await shown(source(["a/1.jpg", "a/2.jpg"], "a/1.jpg"))).toEqual(["a/2.jpg"]);
});
