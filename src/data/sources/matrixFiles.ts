// Finds the texts of a source that are matrices of numbers, one a file: pictures where there are no others.
import type { Problem } from "../../base/problem";
import type { Result } from "../../base/result";
import { readMatrix } from "../../formats/matrix/readMatrix";
import { MATRIX_NAME } from "../../formats/imageHeader/matrixHeader";

/** Files that are opened to see what all of them are. */
const SAMPLED = 8;
const MAX_BYTES = 4 * 2 ** 20;
/** Fewer files in a folder are tables, with an item a row. */
const FEWEST = 3;
/** Tables of series, as the UCR archive calls them. */
const SERIES_NAME = /[_-](train|test|valid|val)\.[^.]+$/i;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** The files that are matrices, by a look into some of them; none where they lie alone or are something else. */
export async function matrixFiles(
  paths: readonly string[],
  read: (file: number) => Promise<Result<Blob, Problem>>,
): Promise<readonly number[]> {
  const files = paths.flatMap((path, file) => (MATRIX_NAME.test(path) && !SERIES_NAME.test(path) ? [file] : []));
  const folders = new Map<string, number>();
  for (const file of files) {
    const folder = folderOf(paths[file] as string);
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const within = files.filter((file) => (folders.get(folderOf(paths[file] as string)) ?? 0) >= FEWEST);
  const step = Math.max(1, Math.floor(within.length / SAMPLED));
  const some = within.filter((_, i) => i % step === 0).slice(0, SAMPLED);
  let matrices = 0;
  for (const file of some) {
    const blob = await read(file);
    if (!blob.ok || blob.value.size > MAX_BYTES) continue;
    const text = await blob.value.text().catch(() => "");
    if (typeof readMatrix(text) !== "string") matrices += 1;
  }
  return matrices > some.length / 2 ? within : [];
}
