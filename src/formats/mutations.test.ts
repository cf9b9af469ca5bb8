// 20,000 seeded damages to files of each format: every one is read or refused with a code, soon, and never by accident.
import { describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { badInputs, readBadInput } from "../testing/badInputs";
import { mutate } from "../testing/mutate";
import { resealed, withPlainHeader } from "../testing/sevenZipSeal";
import { tinyTar } from "../testing/tinyTar";
import { tinyTiff } from "../testing/tinyTiff";
import { archiveProblem } from "./archive/fault";
import { BlobReader } from "./bytes/blobReader";
import { ByteReader, CutOff, Damaged } from "./bytes/byteReader";
import { parseCsv } from "./csv/csv";
import { gunzip } from "./gzip/gunzip";
import { checkImage } from "./imageHeader/checkImage";
import { readNpy } from "./npy/npy";
import { decodePng } from "./png/decodePng";
import { openSevenZip } from "./sevenZip/sevenZip";
import { readTar } from "./tar/readTar";
import { openZip } from "./zip/zip";

const COUNT = 20_000;
/** No damage may keep a parser busy for longer. */
const SLOWEST_MS = 5000;

type Bytes = Uint8Array<ArrayBuffer>;
type Original = { readonly path: string; readonly bytes: Bytes };

async function originals(
  kind: Parameters<typeof badInputs>[0],
  but = /bomb|overlap|long_|garbage|lies/,
): Promise<Original[]> {
  const paths = badInputs(kind).filter(({ path }) => !but.test(path));
  const all = await Promise.all(paths.map(async ({ path }) => ({ path, bytes: await readBadInput(path) })));
  return all.filter(({ bytes }) => bytes.length < 30_000);
}

/** The code of what an archive reader throws; anything that is no fault of the archive fails the test. */
const codeOf = (thrown: unknown): string => archiveProblem(thrown, "a").code;

/** Runs all damages, and gives how often each outcome came. */
async function outcomes(
  from: readonly Original[],
  read: (bytes: Bytes, path: string) => string | Promise<string>,
  seal: (bytes: Bytes) => Bytes = (bytes) => bytes,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let slowest = 0;
  for (let k = 0; k < COUNT; k += 1) {
    const { path, bytes } = from[k % from.length] as Original;
    const began = performance.now();
    const outcome = await read(seal(mutate(bytes, path, k)), path);
    slowest = Math.max(slowest, performance.now() - began);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  expect(slowest).toBeLessThan(SLOWEST_MS);
  return counts;
}

/** Every outcome fits the pattern, and both good and bad ones came. */
function expectBoth(counts: ReadonlyMap<string, number>, pattern: RegExp): void {
  expect([...counts.keys()].filter((code) => code !== "read" && !pattern.test(code))).toEqual([]);
  expect(counts.get("read") ?? 0).toBeGreaterThan(100);
  expect([...counts.keys()].length).toBeGreaterThan(2);
}

describe("20,000 damaged files", { timeout: 240_000 }, () => {
  it("zip", async () => {
    const counts = await outcomes(await originals("zip"), async (bytes, path) => {
      const archive = await openZip(new Blob([bytes]));
      if (!archive.ok) return archive.error.code;
      const { names, read } = archive.value;
      const one = await read(createRng(path, bytes.length).below(names.length));
      return one.ok ? "read" : one.error.code;
    });
    expectBoth(counts, /^ZIP_/);
  });

  it("tar", async () => {
    const counts = await outcomes(await originals("tar", /gz|bomb/), async (bytes) => {
      try {
        const { names, sizes } = await readTar(new BlobReader(new Blob([bytes])));
        expect(names.length).toBe(sizes.length);
        return "read";
      } catch (thrown) {
        return codeOf(thrown);
      }
    });
    expectBoth(counts, /^(TAR|ARCHIVE)_/);
  });

  it("gzip", async () => {
    const from = await originals("tar", /\.tar$|bomb/);
    const counts = await outcomes(from, async (bytes) => {
      try {
        for await (const piece of gunzip(new ByteReader(bytes), { trailing: false }))
          expect(piece.length).toBeGreaterThan(0);
        return "read";
      } catch (thrown) {
        return codeOf(thrown);
      }
    });
    expectBoth(counts, /^ARCHIVE_/);
  });

  it("7z, with checksums that fit the damage, so that it is not refused at the door", async () => {
    const packed = await originals("7z");
    const plain = await Promise.all(
      packed
        .filter(({ path }) => /solid|copy|ppmd/.test(path))
        .map(async ({ path, bytes }) => ({ path: `${path} plain`, bytes: await withPlainHeader(bytes) })),
    );
    const counts = await outcomes(
      [...plain, ...packed],
      async (bytes) => {
        try {
          const archive = await openSevenZip(new Blob([bytes]), "a");
          for await (const piece of archive.pieces()) expect(piece.length).toBeGreaterThan(0);
          return "read";
        } catch (thrown) {
          return codeOf(thrown);
        }
      },
      resealed,
    );
    expectBoth(counts, /^(ARCHIVE|SEVENZ)_|^ZIP_EMPTY$/);
  });

  it("tables", async () => {
    const counts = await outcomes(await originals("csv"), (bytes) => {
      const table = parseCsv(bytes);
      if (table.ok) expect(table.value.rows.every((row) => row.length === table.value.columns.length)).toBe(true);
      return table.ok ? "read" : table.error.code;
    });
    expectBoth(counts, /^CSV_/);
  });

  it("picture headers, TIFF's among them", async () => {
    const values = Array.from({ length: 48 }, (_, i) => i);
    const tiff = { path: "a.tif", bytes: tinyTiff({ width: 4, height: 4, channels: 3, bits: 8, values }) };
    const counts = await outcomes([...(await originals("img")), tiff], (bytes, path) => {
      const check = checkImage(bytes, path);
      if (check.ok) expect(check.header.width * check.header.height).toBeGreaterThan(0);
      return check.ok ? "read" : check.code;
    });
    expectBoth(counts, /^IMG_/);
  });

  it("PNG samples", async () => {
    const pngs = (await originals("img")).filter(({ path }) => path.endsWith(".png") && !/lfs|huge/.test(path));
    const counts = await outcomes(pngs, (bytes, path) => {
      const check = checkImage(bytes, path);
      if (!check.ok) return check.code;
      try {
        const { samples, width, height, channels } = decodePng(bytes);
        expect(samples.length).toBe(width * height * channels);
        return "read";
      } catch (thrown) {
        if (thrown instanceof CutOff || thrown instanceof Damaged) return `IMG_${thrown.name}`;
        throw thrown;
      }
    });
    expectBoth(counts, /^IMG_/);
  });

  it("NumPy arrays", async () => {
    const counts = await outcomes(await originals("npy"), (bytes) => {
      const array = readNpy(bytes);
      return array.ok ? "read" : array.error.code;
    });
    expectBoth(counts, /^NPY_/);
  });

  it("names in a tar never lead out of it", async () => {
    const rng = createRng("names");
    const parts = ["..", ".", "a", "/", "\\", "C:", "\u0000", "…", " ", "__proto__"];
    for (let k = 0; k < 2000; k += 1) {
      const name = Array.from({ length: 1 + rng.below(8) }, () => parts[rng.below(parts.length)]).join("/");
      const { names } = await readTar(new BlobReader(new Blob([tinyTar([[name, Uint8Array.of(1)]])])));
      for (const one of names) expect(one.startsWith("/") || one.split(/[/\\]/).includes("..")).toBe(false);
    }
  });
});
