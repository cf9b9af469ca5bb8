// Guesses how a source is meant: by folder or by table, best first, with the evidence.
import type { Guess } from "../../spec/dataReport";
import type { FileIndex } from "../sources/fileIndex";
import { createTables, type Tables } from "../tables";
import { withBands } from "./bands";
import { folderGuess } from "./folderGuess";
import { maskGuess } from "./maskGuess";
import { pointGuesses } from "./pointGuess";
import { seriesGuesses } from "./seriesGuess";
import { tableGuesses } from "./tableGuess";
import { textFolderGuess, textTableGuesses } from "./textGuess";
import { many } from "./words";

const LAST_RESORT = "pictures";

/** What is left to say where nothing was recognised: the pictures, by folder, so that the person can go on from there. */
function lastResort(index: FileIndex): Guess {
  return {
    id: LAST_RESORT,
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

/** Whether a source without pictures holds series or texts. */
export async function holdsItems(index: FileIndex): Promise<boolean> {
  return (await guessBlocks(index, createTables(index))).some(({ id }) => id !== LAST_RESORT);
}

/** All guesses, best first; never empty. */
export async function guessBlocks(index: FileIndex, tables: Tables): Promise<Guess[]> {
  const folder = folderGuess(index);
  const [masks, texts] = [await maskGuess(index), textFolderGuess(index)];
  const guesses = [folder, masks, texts, ...pointGuesses(index)].filter((guess): guess is Guess => guess !== null);
  guesses.push(...(await tableGuesses(index, tables)), ...(await seriesGuesses(index)));
  guesses.push(...(await textTableGuesses(index, tables)));
  guesses.sort((a, b) => b.score - a.score);
  return withBands(index, guesses.length > 0 ? guesses : [lastResort(index)]);
}
