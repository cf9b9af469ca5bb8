// Guesses how a source is meant: by folder or by table, best first, with the evidence.
import type { Guess } from "../../spec/dataReport";
import type { FileIndex } from "../sources/fileIndex";
import type { Tables } from "../tables";
import { folderGuess } from "./folderGuess";
import { tableGuesses } from "./tableGuess";
import { many } from "./words";

/** What is left to say where nothing was recognised: the pictures, by folder, so that the person can go on from there. */
function lastResort(index: FileIndex): Guess {
  return {
    id: "pictures",
    task: "singleLabel",
    title: `${many(index.images.length, "image")}, but nothing that looks like labels.`,
    evidence: ["Put the pictures of each class into a folder of its own, or add a table with names and labels."],
    score: 0.05,
    data: {
      items: { kind: "files", folder: "" },
      labels: { kind: "parentFolder" },
      split: { kind: "random", valid: 0.2, seed: 42 },
    },
  };
}

/** All guesses, best first; never empty. */
export async function guessBlocks(index: FileIndex, tables: Tables): Promise<Guess[]> {
  const folder = folderGuess(index);
  const guesses = [...(folder === null ? [] : [folder]), ...(await tableGuesses(index, tables))];
  guesses.sort((a, b) => b.score - a.score);
  return guesses.length > 0 ? guesses : [lastResort(index)];
}
