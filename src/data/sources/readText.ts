// Reads a small text file of a source.
import type { Problem } from "../../base/problem";
import { err, type Result } from "../../base/result";
import { decodeText } from "../../formats/csv/decodeText";
import { problem } from "../../spec/problems";
import type { FileIndex } from "./fileIndex";
import { readBytes } from "./readBytes";

const MAX_BYTES = 64 * 2 ** 20;

/** The text of a file of the index, in whatever encoding it is written. */
export async function readText(index: FileIndex, file: number): Promise<Result<string, Problem>> {
  const path = index.paths[file] as string;
  const blob = await index.read(file);
  if (!blob.ok) return blob;
  if (blob.value.size > MAX_BYTES) return err(problem("TEXT_UNREADABLE", { items: [path] }));
  const bytes = await readBytes(blob.value, path);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  return text.ok ? { ok: true, value: text.value.text } : err({ ...text.error, items: [path], total: 1 });
}

/** The lines of a text, outer blanks removed, empty ones left out. */
export function linesOf(text: string): string[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** The file with this path, or the only one below another folder that ends in it; −1 where there is none. */
export function findFile(index: FileIndex, name: string): number {
  const exact = index.find(name);
  if (exact >= 0) return exact;
  const fitting = index.paths.flatMap((path, file) => (path.endsWith(`/${name}`) ? [file] : []));
  return fitting.length === 1 ? (fitting[0] as number) : -1;
}
