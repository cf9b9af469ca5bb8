// A zip archive as a source: its entries are unpacked one at a time, when they are read.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { openZip } from "../../formats/zip/zip";
import { problem } from "../../spec/problems";
import { withoutEndings } from "./archiveName";
import { isJunkPath } from "./junk";
import type { RawSource } from "./rawSource";
import { readProblem } from "./readBytes";

/** The entries of a zip. */
export async function zipSource(file: File): Promise<Result<RawSource, Problem>> {
  const named = (found: Problem): Problem => ({ ...found, items: [file.name], total: 1 });
  try {
    const archive = await openZip(file);
    if (!archive.ok) return err(archive.error.total > 0 ? archive.error : named(archive.error));
    const { names, sizes, crcs, problems, read } = archive.value;
    const kept = names.flatMap((name, i) => (isJunkPath(name) ? [] : [i]));
    const paths = kept.map((entry) => names[entry] as string);
    return ok({
      name: withoutEndings(file.name),
      kind: "archive",
      paths,
      bytes: kept.reduce((sum, entry) => sum + (sizes[entry] as number), 0),
      junk: names.length - kept.length,
      problems,
      fingerprint: crcs.join(),
      async read(at) {
        try {
          return await read(kept[at] as number);
        } catch (thrown) {
          const path = paths[at] as string;
          return err(readProblem(thrown, path) ?? problem("ZIP_ENTRY", { items: [path], debug: String(thrown) }));
        }
      },
    });
  } catch (thrown) {
    const found = readProblem(thrown, file.name);
    if (found === null) throw thrown;
    return err({ ...found, severity: "error" });
  }
}
