// Tars, gzips and 7z as sources: the outcome of every bad input, archives inside of sources, big ones spooled.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { SourceInput } from "../../spec/source";
import { badInputs, readBadInput } from "../../testing/badInputs";
import { memoryUnpackStore } from "../../testing/memoryUnpackStore";
import { hasShared, readShared } from "../../testing/shared";
import { tinyTar } from "../../testing/tinyTar";
import { stopwatch } from "../../testing/stopwatch";
import { archiveSource } from "./archiveSource";
import { openSource } from "./openSource";
import type { OpenOptions } from "./rawSource";

const fileOf = (bytes: Uint8Array<ArrayBuffer>, name: string): File => new File([bytes], name, { lastModified: 1 });

/** Codes of everything that is said while an archive is opened and all of it is read. */
async function said(file: File, options: OpenOptions = {}): Promise<{ refused: string | null; noted: string[] }> {
  const source = await archiveSource(file, options);
  if (!source.ok) {
    expect(source.error.items).toContain(file.name);
    expect(source.error.mend.length).toBeGreaterThan(0);
    expect(source.error.detail.split(/[.!?](?:\s|$)/).filter(Boolean).length).toBeLessThanOrEqual(2);
    return { refused: source.error.code, noted: [] };
  }
  const noted = source.value.problems.map(({ code }) => code);
  for (let i = 0; i < source.value.paths.length; i += 1) {
    const read = await source.value.read(i);
    if (!read.ok) noted.push(read.error.code);
  }
  return { refused: null, noted: [...new Set(noted)] };
}

describe.each(["tar", "7z"] as const)("%s", (kind) => {
  for (const { path, fault, expect: expected, code } of badInputs(kind))
    it(`${expected === "accept" ? "takes" : `${expected}s ${code}`} ${path} (${fault})`, async () => {
      const took = stopwatch();
      const found = await said(fileOf(await readBadInput(path), path.split("/").at(-1) as string));
      expect(took()).toBeLessThan(5000);
      // Where nothing else is left, what was passed over is why the archive is refused.
      if (expected === "warn")
        expect([...found.noted, found.refused ?? code]).toEqual(found.refused ? [code] : [code, code]);
      else
        expect(found).toEqual({
          refused: expected === "reject" ? code : null,
          noted: [],
        });
    });

  it("gives in every packing the same bytes", async () => {
    const all = kind === "tar" ? ["tar/ok.tar", "tar/ok.tar.gz", "tar/ok.tgz", "tar/multi_member.tar.gz"] : ["7z/solid_lzma2.7z", "7z/copy.7z", "7z/nonsolid_lzma.7z"]; // prettier-ignore
    const contents = new Set<string>();
    for (const path of all) {
      const source = await archiveSource(fileOf(await readBadInput(path), path.slice(path.indexOf("/") + 1)));
      if (!source.ok) throw new Error(source.error.code);
      const files: string[] = [];
      for (const [i, name] of source.value.paths.entries()) {
        const blob = await source.value.read(i);
        if (!blob.ok) throw new Error(blob.error.code);
        files.push(`${name} ${Buffer.from(await blob.value.arrayBuffer()).toString("base64")}`);
      }
      contents.add(files.sort().join("\n"));
    }
    expect(contents.size).toBe(1);
    expect([...contents][0]?.length).toBeGreaterThan(1000);
  });
});

describe.skipIf(!hasShared)("7z of other packers", () => {
  const COMMONS = ["7z-hello-mhc-off-copy", "7z-hello-mhc-off-lzma2", "COMPRESS-320_LZMA-solid", "COMPRESS-320_LZMA2-solid", "COMPRESS-348", "7z-empty-mhc-off", "bla", "bla.deflate", "bla.deflate64", "bla-nonames", "lzma-with-eos", "times"]; // prettier-ignore
  const LIBARCHIVE = ["copy", "copy_2", "deflate", "lzma1", "lzma1_2", "lzma2", "lzma2_arm", "lzma2_arm64", "lzma2_powerpc", "lzma2_sparc", "lzma1_lzma2", "win_attrib", "empty_file"]; // prettier-ignore
  const paths = [
    ...COMMONS.map((name) => `7z-commons/${name}.7z`),
    ...LIBARCHIVE.map((name) => `libarchive/test_read_format_7zip_${name}.7z`),
  ];
  it.each(paths)("unpacks %s, every checksum right", async (path) => {
    const found = await said(fileOf(await readShared(`data/badinputs/${path}`), path.split("/").at(-1) as string));
    expect(found.refused === null ? [] : found.refused).toEqual([]);
    expect(found.noted.filter((code) => code !== "ZIP_DUP_NAME")).toEqual([]);
  });

  it.each([
    ["7z-commons/COMPRESS-320_BZip2-solid.7z", "SEVENZ_METHOD"],
    ["7z-commons/COMPRESS-320_PPMd-solid.7z", "SEVENZ_METHOD"],
    ["7z-commons/bla.encrypted.7z", "ARCHIVE_ENCRYPTED"],
    ["7z-commons/COMPRESS-492.7z", "ZIP_EMPTY"],
    ["libarchive/test_read_format_7zip_encryption_header.7z", "ARCHIVE_ENCRYPTED"],
    ["libarchive/test_read_format_7zip_solid_zstd.7z", "SEVENZ_METHOD"],
    ["libarchive/test_read_format_7zip_malformed.7z", "ARCHIVE_TRUNCATED"],
    ["libarchive/test_read_format_7zip_malformed_numfiles_oom.7z", "ARCHIVE_CORRUPT"],
    ["libarchive/test_read_format_7zip_entries_oom.7z", "ARCHIVE_CORRUPT"],
    ["libarchive/test_read_format_rar5_symlink.rar", "ARCHIVE_KIND"],
  ])("refuses %s with %s", async (path, code) => {
    const found = await said(fileOf(await readShared(`data/badinputs/${path}`), path.split("/").at(-1) as string));
    expect(found.refused).toBe(code);
  });
});

describe("archives inside of a source", () => {
  const picture = readBadInput("img/ok.jpg");
  const csv = "image_name,tags\ntrain_0,clear\n";
  const loose = (files: readonly [string, Uint8Array<ArrayBuffer> | string][]): SourceInput => ({
    kind: "files",
    name: "planet",
    files: files.map(([path, content]) => ({ path, file: new File([content], path.split("/").at(-1) as string) })),
  });
  const open = async (...inputs: SourceInput[]) => {
    const index = await openSource(inputs);
    if (!index.ok) throw new Error(index.error.code);
    return index.value;
  };

  it("opens Kaggle's layout: a packed table beside packed pictures, each in its own folder", async () => {
    const jpg = await picture;
    const tar = tinyTar([
      ["train-jpg/train_0.jpg", jpg],
      ["train-jpg/train_1.jpg", jpg],
    ]);
    const index = await open(
      loose([
        ["planet/train_v2.csv.gz", new Uint8Array(gzipSync(csv))],
        ["planet/train-jpg.tar.gz", new Uint8Array(gzipSync(tar))],
        [
          "planet/test-jpg.tar",
          tinyTar([
            ["a.jpg", jpg],
            ["b.jpg", jpg],
          ]),
        ],
      ]),
    );
    expect(index.paths).toEqual(["test-jpg/a.jpg", "test-jpg/b.jpg", "train-jpg/train_0.jpg", "train-jpg/train_1.jpg", "train_v2.csv"]); // prettier-ignore
    const table = await index.read(index.find("train_v2.csv"));
    expect(table.ok && (await table.value.text())).toBe(csv);
  });

  it("passes an archive over whose content lies beside it, and says so", async () => {
    const jpg = await picture;
    const index = await open(loose([["a/pets/1.jpg", jpg], ["a/pets.tar", tinyTar([["1.jpg", jpg]])]])); // prettier-ignore
    expect(index.paths).toEqual(["1.jpg"]);
    expect(index.info.problems.map(({ code }) => code)).toEqual(["ARCHIVE_TWICE"]);
  });

  it("names a broken archive and uses the rest", async () => {
    const index = await open(
      loose([
        ["a/1.jpg", await picture],
        ["a/b.7z", "no"],
      ]),
    );
    expect(index.info.problems.map(({ code, severity, items }) => [code, severity, items[0]])).toEqual([
      ["ARCHIVE_CORRUPT", "warning", "a/b.7z"],
    ]);
  });

  it("puts wells into folders of their roles, whatever the dropped folders are called", async () => {
    const jpg = await picture;
    const index = await open(
      {
        ...loose([
          ["mine/cat/1.jpg", jpg],
          ["mine/dog/2.jpg", jpg],
        ]),
        role: "train",
      },
      {
        ...loose([
          ["held out/cat/3.jpg", jpg],
          ["held out/dog/4.jpg", jpg],
        ]),
        role: "valid",
      },
      { ...loose([["new/5.jpg", jpg]]), role: "test" },
    );
    expect(index.paths).toEqual(["test/5.jpg", "train/cat/1.jpg", "train/dog/2.jpg", "valid/cat/3.jpg", "valid/dog/4.jpg"]); // prettier-ignore
  });
});

describe("several folders in one well", () => {
  it("keep their names, which are labels as often as not", async () => {
    const file = new File([await readBadInput("img/ok.jpg")], "1.jpg");
    const archive = (name: string): SourceInput => ({ kind: "archive", file: new File([tinyTar([["1.jpg", new Uint8Array(4)], ["2.jpg", new Uint8Array(4)]])], `${name}.tar`), role: "train" }); // prettier-ignore
    const index = await openSource([
      archive("cat"),
      archive("dog"),
      { kind: "files", name: "a", files: [{ path: "a/1.jpg", file }], role: "test" },
    ]);
    expect(index.ok && index.value.paths).toEqual(["test/1.jpg", "train/cat/1.jpg", "train/cat/2.jpg", "train/dog/1.jpg", "train/dog/2.jpg"]); // prettier-ignore
  });
});

describe("what must be unpacked as a whole", () => {
  /** 60 MB that pack badly enough not to be taken for a bomb. */
  const large = (): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(60 * 2 ** 20);
    let state = 1;
    for (let i = 0; i < bytes.length; i += 16) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      bytes[i] = state >>> 24;
    }
    return bytes;
  };
  const tgz = new Uint8Array(
    gzipSync(
      tinyTar([
        ["x/1.bin", large()],
        ["x/2.bin", Uint8Array.of(7)],
      ]),
      { level: 1 },
    ),
  );

  it("goes into the store, tells how far it is, and is not unpacked again", async () => {
    const store = memoryUnpackStore();
    const file = fileOf(tgz, "x.tgz");
    const progress: number[] = [];
    const first = await archiveSource(file, { store, onUnpack: (done, total) => progress.push(done / total) });
    const last = first.ok && (await first.value.read(1));
    expect(last && last.ok && [...new Uint8Array(await last.value.arrayBuffer())]).toEqual([7]);
    expect([progress.at(-1), store.created.length]).toEqual([1, 1]);
    await archiveSource(file, { store });
    expect(store.created).toHaveLength(1);
  });

  it("asks for room first, and leaves nothing behind when it is stopped", async () => {
    const small = memoryUnpackStore(2 ** 20);
    expect(await said(fileOf(tgz, "x.tgz"), { store: small })).toEqual({ refused: "ARCHIVE_NO_SPACE", noted: [] });
    const store = memoryUnpackStore();
    const stop = new AbortController();
    const onUnpack = (done: number): void => {
      if (done > tgz.length / 2) stop.abort(new Error("enough"));
    };
    await expect(archiveSource(fileOf(tgz, "x.tgz"), { store, onUnpack, signal: stop.signal })).rejects.toThrow(
      "enough",
    );
    expect([...small.files.keys(), ...store.files.keys()]).toEqual([]);
  });
});
