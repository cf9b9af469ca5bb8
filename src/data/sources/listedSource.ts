// A directory whose files are known by path already: nothing is opened before it is read.
import { err, ok } from "../../base/result";
import { problem } from "../../spec/problems";
import type { Listing } from "../../spec/source";
import { isJunkPath } from "./junk";
import { PARTIAL, type OpenOptions, type RawSource } from "./rawSource";
import { readProblem } from "./readBytes";

/** Gives the handles of folders by path, each asked for once. */
function folderFinder(root: FileSystemDirectoryHandle): (path: string) => Promise<FileSystemDirectoryHandle> {
  const known = new Map<string, Promise<FileSystemDirectoryHandle>>();
  const find = (path: string): Promise<FileSystemDirectoryHandle> => {
    if (path === "") return Promise.resolve(root);
    const own = known.get(path);
    if (own !== undefined) return own;
    const cut = path.lastIndexOf("/");
    const found = find(path.slice(0, Math.max(0, cut))).then((parent) =>
      parent.getDirectoryHandle(path.slice(cut + 1)),
    );
    known.set(path, found);
    // A folder that is gone may come back.
    found.catch(() => known.delete(path));
    return found;
  };
  return find;
}

/** The files of a listing below a handle. */
export async function listedSource(
  root: FileSystemDirectoryHandle,
  listing: Listing,
  { onProgress, onPartial }: OpenOptions = {},
): Promise<RawSource> {
  const all = listing === "" ? [] : listing.split("\0");
  const paths = all.filter((path) => !isJunkPath(path));
  const folderOf = folderFinder(root);
  const source: RawSource = {
    name: root.name,
    kind: "directory",
    paths,
    bytes: 0,
    junk: all.length - paths.length,
    problems: [],
    async read(file) {
      const path = paths[file] as string;
      const cut = path.lastIndexOf("/");
      try {
        const folder = await folderOf(path.slice(0, Math.max(0, cut)));
        return ok(await (await folder.getFileHandle(path.slice(cut + 1))).getFile());
      } catch (thrown) {
        return err(readProblem(thrown, path) ?? problem("SOURCE_FILE_GONE", { items: [path], debug: String(thrown) }));
      }
    },
  };
  onProgress?.(paths.length);
  if (paths.length >= PARTIAL) await onPartial?.(source);
  return source;
}
