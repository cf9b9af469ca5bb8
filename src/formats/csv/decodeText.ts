// Turns the bytes of a table into text: byte-order marks, UTF-8, and windows-1252 where it is not UTF-8.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";

export interface DecodedText {
  readonly text: string;
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
}

const startsWith = (bytes: Uint8Array, ...head: readonly number[]): boolean =>
  head.every((byte, i) => bytes[i] === byte);

/** NUL bytes at one parity only: UTF-16 that lacks its byte-order mark. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const zeros = [0, 0];
  const n = Math.min(bytes.length, 4096);
  for (let i = 0; i < n; i += 1) if (bytes[i] === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1;
  const [even = 0, odd = 0] = zeros;
  return Math.max(even, odd) > 0.3 * (n / 2) && Math.min(even, odd) === 0;
}

/** The text of a table; refuses spreadsheets, other binary files and UTF-16 without its mark. */
export function decodeText(bytes: Uint8Array): Result<DecodedText, Problem> {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return decodeAs("utf-8", bytes.subarray(3));
  if (startsWith(bytes, 0xff, 0xfe)) return decodeAs("utf-16le", bytes.subarray(2));
  if (startsWith(bytes, 0xfe, 0xff)) return decodeAs("utf-16be", bytes.subarray(2));
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    return err(problem("CSV_IS_XLSX"));
  if (bytes.includes(0)) {
    if (!looksLikeUtf16(bytes)) return err(problem("CSV_BINARY"));
    return err({ ...problem("CSV_ENCODING"), severity: "error", detail: "Save it as UTF-8; nothing was changed." });
  }
  return decodeAs("utf-8", bytes);
}

function decodeAs(encoding: "utf-8" | "utf-16le" | "utf-16be", bytes: Uint8Array): Result<DecodedText, Problem> {
  try {
    return ok({ text: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes), encoding });
  } catch {
    if (encoding !== "utf-8") return err(problem("CSV_BINARY"));
    return ok({ text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" });
  }
}
