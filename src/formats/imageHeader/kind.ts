// Tells what a file is from its first bytes, whatever its name says.

export type ImageKind = "jpeg" | "png" | "gif" | "webp" | "bmp" | "avif" | "tiff" | "npy" | "matrix";
export type OtherKind = "heic" | "jp2" | "jxl" | "dicom" | "psd" | "svg" | "html" | "lfs" | "pdf" | "zip" | "text";

/** The bytes [from, to), a character each; a browser's "latin1" decoder is windows-1252 and changes PNG's 0x89. */
export function ascii(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (const byte of bytes.subarray(from, to)) text += String.fromCharCode(byte);
  return text;
}

const HEIC = new Set(["heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1"]);

/** The kind of a picture that the studio decodes, or null; needs the first 64 bytes. */
export function imageKindOf(bytes: Uint8Array): ImageKind | null {
  const head = ascii(bytes, 0, 16);
  if (head.startsWith("\u00ff\u00d8\u00ff")) return "jpeg";
  if (head.startsWith("\u0089PNG\r\n\u001a\n")) return "png";
  if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) return "gif";
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "webp";
  if (head.startsWith("BM") && bytes.length >= 26) return "bmp";
  if (head.startsWith("\u0093NUMPY")) return "npy";
  if (/^(II[*+]\0|MM\0[*+])/.test(head)) return "tiff";
  if (head.slice(4, 8) === "ftyp" && brands(bytes).some((brand) => brand === "avif" || brand === "avis")) return "avif";
  return null;
}

function brands(bytes: Uint8Array): string[] {
  const size = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  const all = [ascii(bytes, 8, 12)];
  for (let at = 16; at + 4 <= Math.min(size, bytes.length, 128); at += 4) all.push(ascii(bytes, at, at + 4));
  return all;
}

/** What a file is that is no picture for browsers; "text" where it is readable, null where it is unknown bytes. */
export function otherKindOf(bytes: Uint8Array): OtherKind | null {
  const head = ascii(bytes, 0, 16);
  if (head.slice(4, 8) === "ftyp" && brands(bytes).some((brand) => HEIC.has(brand))) return "heic";
  if (head.startsWith("\0\0\0\u000cjP  ") || head.startsWith("\u00ffO\u00ffQ")) return "jp2";
  if (head.startsWith("\u00ff\n") || head.startsWith("\0\0\0\u000cJXL ")) return "jxl";
  if (ascii(bytes, 128, 132) === "DICM") return "dicom";
  if (head.startsWith("8BPS")) return "psd";
  if (head.startsWith("%PDF")) return "pdf";
  if (head.startsWith("PK\u0003\u0004")) return "zip";
  const text = ascii(bytes, 0, 4096)
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart()
    .toLowerCase();
  if (text.startsWith("version https://git-lfs")) return "lfs";
  if (text.startsWith("<")) {
    if (/<svg[\s>]/.test(text) || /<!doctype\s+svg/.test(text)) return "svg";
    return "html";
  }
  // oxlint-disable-next-line no-control-regex -- text has no control characters
  return text.length > 8 && !/[\u0000-\u0008\u000e-\u001f]/.test(text) ? "text" : null;
}
