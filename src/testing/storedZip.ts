// Writes a zip of very many tiny files, as Zip64.
import { crc32 } from "../formats/crc32";

/** A zip of `count` stored files of one byte each, in folders of a thousand. */
export function storedZip(count: number): Blob {
  const text = new TextEncoder();
  const crc = crc32(text.encode("x"));
  const name = (i: number): string =>
    `pictures/${String(i % 100).padStart(3, "0")}/picture_${String(i).padStart(6, "0")}.jpg`;
  const length = name(0).length;
  const locals = new DataView(new ArrayBuffer(count * (31 + length)));
  const entries = new DataView(new ArrayBuffer(count * (46 + length)));
  for (let i = 0; i < count; i += 1) {
    const bytes = text.encode(name(i));
    const at = i * (31 + length);
    const entry = i * (46 + length);
    locals.setUint32(at, 0x04034b50, true);
    locals.setUint16(at + 26, length, true);
    new Uint8Array(locals.buffer).set(bytes, at + 30);
    locals.setUint8(at + 30 + length, 0x78);
    entries.setUint32(entry, 0x02014b50, true);
    entries.setUint32(entry + 16, crc, true);
    entries.setUint32(entry + 20, 1, true);
    entries.setUint32(entry + 24, 1, true);
    entries.setUint16(entry + 28, length, true);
    entries.setUint32(entry + 42, at, true);
    new Uint8Array(entries.buffer).set(bytes, entry + 46);
  }
  const wide = new DataView(new ArrayBuffer(56 + 20 + 22));
  wide.setUint32(0, 0x06064b50, true);
  wide.setBigUint64(4, 44n, true);
  wide.setBigUint64(24, BigInt(count), true);
  wide.setBigUint64(32, BigInt(count), true);
  wide.setBigUint64(40, BigInt(entries.byteLength), true);
  wide.setBigUint64(48, BigInt(locals.byteLength), true);
  wide.setUint32(56, 0x07064b50, true);
  wide.setBigUint64(64, BigInt(locals.byteLength + entries.byteLength), true);
  wide.setUint32(76, 0x06054b50, true);
  wide.setUint16(84, 0xffff, true);
  wide.setUint16(86, 0xffff, true);
  wide.setUint32(88, 0xffffffff, true);
  wide.setUint32(92, 0xffffffff, true);
  return new Blob([locals, entries, wide]);
}
