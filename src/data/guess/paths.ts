// Parts of paths, and files by folder, for guesses.
import type { SplitSpec } from "../../spec/recipe";
import type { FileIndex } from "../sources/fileIndex";

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
export const stemOf = (path: string): string => nameOf(path).replace(/\.[^.]*$/, "");

/** Paths of pictures by the folder that they lie in. */
export function picturesByFolder(index: FileIndex): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const file of index.images) {
    const path = index.paths[file] as string;
    const own = folders.get(folderOf(path));
    if (own === undefined) folders.set(folderOf(path), [path]);
    else own.push(path);
  }
  return folders;
}

/** Every so many of a list. */
export function sample<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, i) => i % step === 0).slice(0, count);
}

/**
 * How sure a guess is whose files were found beside this share of the pictures, more than half: nearly as much as with
 * all of them, since the pictures without one are left out by name.
 */
export const nearly = (score: number, share: number): number => score - 0.01 * (1 - share);

/** The path of the only file whose name fits, or null. */
export function fileCalled(index: FileIndex, name: RegExp): string | null {
  const fitting = index.paths.filter((path) => name.test(nameOf(path)));
  return fitting.length === 1 ? (fitting[0] as string) : null;
}

export const RANDOM: SplitSpec = { kind: "random", valid: 0.2, seed: 42 };

/** By a list called valid.txt where there is one, else at random; with the sentence that says so. */
export function listOrRandom(index: FileIndex): { readonly split: SplitSpec; readonly evidence: string } {
  const list = fileCalled(index, /^(valid|val|validation|test)\.txt$/i);
  return list === null
    ? { split: RANDOM, evidence: "No list of validation items, so 20 % are held out at random." }
    : { split: { kind: "listFile", file: list }, evidence: `${list} names the validation items.` };
}
