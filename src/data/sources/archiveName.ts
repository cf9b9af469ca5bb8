// Names of archives: which endings they have, and what is left without them.

const ENDING = /\.(zip|7z|tar|tgz|gz)$/i;
/** Endings of archives that are known but not read. */
const FOREIGN = /\.(rar|xz|txz|bz2|tbz2?|zst|lz4|lzma|cab|iso)$/i;

/** True for what may be opened as an archive, by its name. */
export function isArchiveName(name: string): boolean {
  return ENDING.test(name);
}

/** True for archives of any kind, by name. */
export function looksPacked(name: string): boolean {
  return ENDING.test(name) || FOREIGN.test(name);
}

/** The name without all its archive endings: `train-jpg` of `train-jpg.tar.7z`. */
export function withoutEndings(name: string): string {
  let bare = name;
  while (ENDING.test(bare)) bare = bare.replace(ENDING, "");
  return bare === "" ? name : bare;
}

/** Where an archive's files go: into its own folder, unless they bring that folder, or are a single file, themselves. */
export function folderFor(bare: string, paths: readonly string[]): string {
  const tops = new Set<string>();
  for (const path of paths) {
    tops.add(path.slice(0, path.indexOf("/") + 1));
    if (tops.size > 1) break;
  }
  const [top] = tops;
  if (tops.size === 1 && top === `${bare}/`) return "";
  if (paths.length === 1 && top === "") return "";
  return `${bare}/`;
}
