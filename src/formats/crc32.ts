// CRC-32 as zip and PNG use it (polynomial 0xEDB88320), four bytes at a step.

const STEPS = 4;

/** `TABLES[256 · k + byte]`: what a byte followed by k zero bytes does to the remainder (Kounavis and Berry 2008). */
const TABLES = new Uint32Array(256 * STEPS);
for (let byte = 0; byte < 256; byte += 1) {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  TABLES[byte] = value;
}
for (let i = 256; i < TABLES.length; i += 1) {
  const before = TABLES[i - 256] as number;
  TABLES[i] = (TABLES[before & 0xff] as number) ^ (before >>> 8);
}

/** CRC-32 of the bytes, going on from an earlier `crc`. */
export function crc32(bytes: Uint8Array, crc = 0): number {
  let value = ~crc;
  const even = bytes.length - (bytes.length % STEPS);
  let i = 0;
  for (; i < even; i += STEPS) {
    value ^=
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    value =
      (TABLES[768 + (value & 0xff)] as number) ^
      (TABLES[512 + ((value >>> 8) & 0xff)] as number) ^
      (TABLES[256 + ((value >>> 16) & 0xff)] as number) ^
      (TABLES[value >>> 24] as number);
  }
  for (; i < bytes.length; i += 1) value = (TABLES[(value ^ (bytes[i] as number)) & 0xff] as number) ^ (value >>> 8);
  return ~value >>> 0;
}
