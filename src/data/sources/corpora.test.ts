// Archives and tables of other projects: each is read or refused with a code of the catalogue, soon, prototypes untouched.
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../formats/csv/csv";
import { PROBLEMS } from "../../spec/problems";
import { hasShared, readShared, sharedPath } from "../../testing/shared";
import { stopwatch } from "../../testing/stopwatch";
import { archiveSource } from "./archiveSource";

const ARCHIVE = /\.(zip|zipx|7z|tar|tgz|gz|rar|Z|apk)$/i;
const FOLDERS = ["zip-libzip", "zip-yauzl", "zip-zipjs", "tar-commons", "tar-node", "7z-commons", "libarchive", "wuffs-images"]; // prettier-ignore
const MAX_READ = 50;

/** Every code that opening the file and reading it gives; "read" where some of it could be read. */
async function outcomes(path: string): Promise<ReadonlySet<string>> {
  const file = new File([await readShared(path)], path.split("/").at(-1) as string, { lastModified: 1 });
  const source = await archiveSource(file);
  if (!source.ok) return new Set([source.error.code]);
  const codes = new Set(source.value.problems.map(({ code }) => code));
  for (let i = 0; i < Math.min(MAX_READ, source.value.paths.length); i += 1) {
    const read = await source.value.read(i);
    codes.add(read.ok ? "read" : read.error.code);
  }
  return codes;
}

describe.skipIf(!hasShared)("archives of other projects", { timeout: 120_000 }, () => {
  it.each(FOLDERS)("in %s are read or refused by name", async (folder) => {
    const at = `data/badinputs/${folder}`;
    const names = readdirSync(sharedPath(at)).filter((name) => ARCHIVE.test(name));
    expect(names.length).toBeGreaterThan(2);
    const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
    const unknown: string[] = [];
    let read = 0;
    for (const name of names) {
      const took = stopwatch();
      const codes = await outcomes(`${at}/${name}`);
      if (codes.has("read")) read += 1;
      unknown.push(...[...codes].filter((code) => code !== "read" && !(code in PROBLEMS)));
      expect(took(), name).toBeLessThan(5000);
    }
    console.log(`${folder}: ${read} of ${names.length} can be read`);
    expect(unknown).toEqual([]);
    expect(read).toBeGreaterThan(0);
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
  });
});

describe.skipIf(!hasShared)("tables of other projects", () => {
  it.each(["csv-burntsushi", "csv-papaparse", "csv-spectrum/csvs"])(
    "in %s are read or refused by name",
    async (folder) => {
      const at = `data/badinputs/${folder}`;
      const names = readdirSync(sharedPath(at)).filter(
        (name) => /\.(csv|tsv|txt)$/i.test(name) && !/LICENSE/.test(name),
      );
      let read = 0;
      for (const name of names) {
        const took = stopwatch();
        const table = parseCsv(await readShared(`${at}/${name}`));
        if (table.ok) read += 1;
        else expect(table.error.code in PROBLEMS, `${name}: ${table.error.code}`).toBe(true);
        expect(took(), name).toBeLessThan(5000);
      }
      console.log(`${folder}: ${read} of ${names.length} are tables`);
      expect(read).toBeGreaterThan(0);
    },
  );
});
