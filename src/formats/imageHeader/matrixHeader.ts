// A text of nothing but numbers as a picture: its size is known only once it is read.
import { readMatrix } from "../matrix/readMatrix";
import { header, type HeaderResult } from "./header";

/** What a matrix of numbers may be called. */
export const MATRIX_NAME = /\.(csv|tsv|txt|dat)$/i;
/** Larger texts are tables, not pictures. */
const MAX_BYTES = 64 * 2 ** 20;

/** Why the bytes are no matrix, or null where they are one. */
export function matrixFault(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_BYTES) return "it holds more than 64 MB of numbers";
  const matrix = readMatrix(new TextDecoder().decode(bytes));
  return typeof matrix === "string" ? matrix : null;
}

/** The header of a text that holds a matrix. */
export function matrixHeader(bytes: Uint8Array): HeaderResult {
  const matrix = readMatrix(new TextDecoder().decode(bytes));
  if (typeof matrix === "string") return "damaged";
  return header("matrix", matrix.width, matrix.height, { channels: 1, bitDepth: 32 });
}
