// Guesses that pictures are labelled by the folder they lie in, split at random or by train and valid folders.
import type { Guess } from "../../spec/dataReport";
import { MATRIX_NAME } from "../../formats/imageHeader/matrixHeader";
import { parentOf } from "../labelers/parentFolder";
import type { FileIndex } from "../sources/fileIndex";
import { RANDOM } from "./paths";
import { many } from "./words";

const TRAIN_NAMES = ["train", "training"];
const VALID_NAMES = ["valid", "val", "validation", "dev", "test", "testing"];

interface SplitFolders {
  readonly train: string;
  readonly valid: string;
}

/** The folders that split the pictures, where there are two such; `valid` before `test`. */
export function splitFolders(index: FileIndex): SplitFolders | null {
  return folderNames(Array.from(index.images, (file) => index.paths[file] as string));
}

/** The folders of some paths that split them, where there are two such. */
export function folderNames(paths: readonly string[]): SplitFolders | null {
  const counts = new Map<string, number>();
  for (const path of paths)
    for (const part of new Set(path.split("/").slice(0, -1))) counts.set(part, (counts.get(part) ?? 0) + 1);
  const pick = (names: readonly string[]): string | undefined => {
    for (const name of names) for (const folder of counts.keys()) if (folder.toLowerCase() === name) return folder;
    return undefined;
  };
  const train = pick(TRAIN_NAMES);
  const valid = pick(VALID_NAMES);
  return train === undefined || valid === undefined ? null : { train, valid };
}

/** A guess by folder, or null where the folders tell fewer than two classes apart. */
export function folderGuess(index: FileIndex): Guess | null {
  const split = splitFolders(index);
  const classes = new Map<string, number>();
  let used = 0;
  for (const file of index.images) {
    const path = index.paths[file] as string;
    const folders = path.split("/").slice(0, -1);
    const part = split === null ? undefined : folders.find((name) => name === split.train || name === split.valid);
    if (split !== null && part === undefined) continue;
    const label = parentOf(path, index.rootName);
    if (folders.length === 0 || label === part) continue;
    classes.set(label, (classes.get(label) ?? 0) + 1);
    used += 1;
  }
  const images = index.images.length;
  if (classes.size < 2 || used < 0.5 * images) return null;
  const lonely = [...classes.values()].filter((count) => count === 1).length;
  const score = 0.9 * (used / images) * (1 - lonely / classes.size) + (split === null ? 0 : 0.05);
  const biggest = [...classes].sort((a, b) => b[1] - a[1]).slice(0, 3);
  const [first] = index.images;
  const matrices = first !== undefined && (MATRIX_NAME.test(index.paths[first] as string) || /\.npy$/i.test(index.paths[first] as string)); // prettier-ignore
  return {
    id: "folders",
    task: "singleLabel",
    title: `Looks like image classification by folder: ${many(classes.size, "class", "classes")}, ${many(used, "image")}.`,
    evidence: [
      ...(matrices
        ? [
            "Each file is a matrix of numbers, drawn as a picture in greys; under Transforms, “Numbers as colours” draws it through a colour map.",
          ]
        : []),
      `Folders such as ${biggest.map(([name, count]) => `${name} (${count})`).join(", ")}.`,
      split === null
        ? "No folders called train and valid, so 20 % are held out at random."
        : `The folders ${split.train} and ${split.valid} say what is for training and what for validation.`,
    ],
    score,
    data: {
      items: { kind: "files", folder: "" },
      labels: { kind: "parentFolder" },
      split: split === null ? RANDOM : { kind: "folder", ...split },
    },
  };
}
