// CRC-32 against zlib's.
import { crc32 as reference } from "node:zlib";
import { expect, it } from "vitest";
import { createRng } from "../base/rng";
import { crc32 } from "./crc32";

it("gives zlib's CRC-32 for every length, in one piece and in several", () => {
  const rng = createRng("crc");
  const bytes = Uint8Array.from({ length: 1000 }, () => rng.below(256));
  for (let length = 0; length < 70; length += 1) {
    const part = bytes.subarray(length, 2 * length);
    expect(crc32(part)).toBe(reference(part));
    expect(crc32(bytes.subarray(length), crc32(bytes.subarray(0, length)))).toBe(reference(bytes));
  }
});
