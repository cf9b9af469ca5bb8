// One 512-byte header of a tar: ustar, GNU and the oldest kind.
import { ArchiveFault } from "../archive/fault";
import { ascii } from "../imageHeader/kind";
import { decodeName } from "../zip/entryName";

export const BLOCK = 512;

export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** One letter: "0" a file, "5" a folder, "1" and "2" links, "x" and "g" PAX records, "L" a long GNU name … */
  readonly type: string;
}

const MAX_SIZE = 2 ** 40;

/** A terabyte and more, or less than nothing, is a lie. */
export function checkSize(size: number): number {
  if (!Number.isSafeInteger(size) || size < 0 || size > MAX_SIZE) throw new ArchiveFault("TAR_SIZE");
  return size;
}

const text = (block: Uint8Array, from: number, length: number): string => {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return decodeName(end < 0 ? field : field.subarray(0, end));
};

/** A number in octal digits, or in base 256 where the first bit is set. */
function sizeOf(block: Uint8Array): number {
  if ((block[124] as number) & 0x80) {
    let value = (block[124] as number) & 0x40 ? Number.NaN : (block[124] as number) & 0x3f;
    for (let i = 125; i < 136; i += 1) value = value * 256 + (block[i] as number);
    return checkSize(value);
  }
  const digits = ascii(block, 124, 136).replace(/[\0 ].*$/s, (rest) => (/^[\0 ]*$/.test(rest) ? "" : rest));
  const trimmed = digits.replace(/^[\0 ]+/, "");
  if (!/^[0-7]*$/.test(trimmed)) throw new ArchiveFault("TAR_SIZE");
  return trimmed === "" ? 0 : checkSize(Number.parseInt(trimmed, 8));
}

function sumsUp(block: Uint8Array): boolean {
  const stated = Number.parseInt(ascii(block, 148, 156).replaceAll(/[\0 ]/g, ""), 8);
  let unsigned = 256;
  let signed = 256;
  for (let i = 0; i < BLOCK; i += 1) {
    if (i >= 148 && i < 156) continue;
    const byte = block[i] as number;
    unsigned += byte;
    // Some old writers summed signed bytes.
    signed += byte < 128 ? byte : byte - 256;
  }
  return stated === unsigned || stated === signed;
}

/** True where the block is the header of a tar entry, whatever it says. */
export function isTarHeader(block: Uint8Array): boolean {
  return block.length >= BLOCK && sumsUp(block);
}

export const isZero = (block: Uint8Array): boolean => block.every((byte) => byte === 0);

/** The header in a block; throws where its checksum or its size is wrong. */
export function readTarHeader(block: Uint8Array, first: boolean): TarHeader {
  const magic = ascii(block, 257, 262);
  // An impossible size says more than a wrong sum, where it is a tar at all.
  const size = magic === "ustar" ? sizeOf(block) : 0;
  if (!sumsUp(block)) throw new ArchiveFault(first && magic !== "ustar" ? "ARCHIVE_CORRUPT" : "TAR_CHECKSUM");
  const name = text(block, 0, 100);
  const prefix = magic === "ustar" && block[263] === 0x30 ? text(block, 345, 155) : "";
  const code = block[156] as number;
  return {
    name: prefix === "" ? name : `${prefix}/${name}`,
    size: magic === "ustar" ? size : sizeOf(block),
    type: code === 0 ? "0" : String.fromCharCode(code),
  };
}
