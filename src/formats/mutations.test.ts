// 20,000 seeded damages to files of each format: every one is read or refused with a code, soon, and never by accident.
import { describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { codeOf, expectBoth, originals, outcomes } from "../testing/damages";
import { resealed, withPlainHeader } from "../testing/sevenZipSeal";
import { tinyTar } from "../testing/tinyTar";
import { tinyTiff } from "../testing/tinyTiff";
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
      { seal: resealed },
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
