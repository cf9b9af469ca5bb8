// Finds out that files hold another number of bands than a photograph's three, so that none is lost unseen.
import { checkImage } from "../../formats/imageHeader/checkImage";
import type { Guess } from "../../spec/dataReport";
import type { FileIndex } from "../sources/fileIndex";
import { readBytes } from "../sources/readBytes";
import { sample } from "./paths";

/** Kinds that hold bands; browsers' pictures hold colours. */
const BANDED = /\.(npy|tiff?)$/i;
const SAMPLED = 8;
/** The directory of a TIFF may stand at its end. */
const MAX_BYTES = 32 * 2 ** 20;
/** What a recipe may ask for. */
const MOST = 16;

/** Bands of one file; null where they are a photograph's: grey, colours, or colours with alpha. */
async function bandsIn(index: FileIndex, file: number): Promise<number | null> {
  const path = index.paths[file] as string;
  const blob = await index.read(file);
  if (!blob.ok || blob.value.size > MAX_BYTES) return null;
  const bytes = await readBytes(blob.value, path);
  const check = bytes.ok ? checkImage(bytes.value, path) : null;
  if (check === null || !check.ok) return null;
  const { kind, channels, bitDepth, cmyk } = check.header;
  const colours = channels === 4 && (cmyk || (kind === "tiff" && bitDepth === 8));
  return channels === 1 || channels === 3 || channels > MOST || colours ? null : channels;
}

/** Bands that all of the files looked at have, or null. */
async function bandsOf(index: FileIndex): Promise<number | null> {
  const files = [...index.images];
  if (files.length === 0 || !files.every((file) => BANDED.test(index.paths[file] as string))) return null;
  let bands: number | null = null;
  for (const file of sample(files, SAMPLED)) {
    const own = await bandsIn(index, file);
    if (own === null || (bands !== null && own !== bands)) return null;
    bands = own;
  }
  return bands;
}

/** The guesses, each taking every band that the files have. */
export async function withBands(index: FileIndex, guesses: readonly Guess[]): Promise<Guess[]> {
  const channels = await bandsOf(index);
  if (channels === null) return [...guesses];
  return guesses.map((guess) => ({
    ...guess,
    title: guess.title.replace(/\.$/, `, ${channels} channels each.`),
    evidence: [`Every file looked at has ${channels} channels, and the model gets all of them.`, ...guess.evidence],
    data: { ...guess.data, channels },
  }));
}
