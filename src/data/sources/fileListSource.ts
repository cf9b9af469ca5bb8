// A list of files with paths, as a folder input or a drop of single files gives them.
import { ok } from "../../base/result";
import { isJunkPath } from "./junk";
import type { RawSource } from "./rawSource";

/** The files as they were given; nothing is opened. */
export function fileListSource(
  name: string,
  files: readonly { readonly path: string; readonly file: File }[],
): RawSource {
  const kept = files.filter(({ path }) => !isJunkPath(path));
  return {
    name,
    kind: "files",
    paths: kept.map(({ path }) => path.replace(/^\/+/, "")),
    bytes: kept.reduce((sum, { file }) => sum + file.size, 0),
    junk: files.length - kept.length,
    problems: [],
    read: async (file) => ok((kept[file] as { file: File }).file),
  };
}
