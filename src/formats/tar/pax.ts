// PAX extended headers: records of `length key=value` in UTF-8.
import { Damaged } from "../bytes/byteReader";
import { decodeName } from "../zip/entryName";

/** The records by key; the last of one key counts. */
export function readPax(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length && bytes[at] !== 0;) {
    const blank = bytes.indexOf(32, at);
    const length = blank < 0 ? Number.NaN : Number(decodeName(bytes.subarray(at, blank)));
    const end = at + length;
    if (!Number.isInteger(length) || length < 5 || end > bytes.length || bytes[end - 1] !== 10 || end <= blank)
      throw new Damaged("a PAX record is damaged");
    const record = bytes.subarray(blank + 1, end - 1);
    const equals = record.indexOf(61);
    if (equals < 1) throw new Damaged("a PAX record has no key");
    records.set(decodeName(record.subarray(0, equals)), decodeName(record.subarray(equals + 1)));
    at = end;
  }
  return records;
}
