// Names of zip entries: their encoding, and which of them are not paths we take.

const CP437 =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The name as text: UTF-8 where it is valid, else the zip format's own code page 437. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    let text = "";
    for (const byte of bytes) text += byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128];
    return text;
  }
}

const MAX_NAME = 1024;
export const MAX_DEPTH = 64;

/** Why a path is not taken, or null; nothing is ever written to disk, but a name must stay inside the dataset. */
export function pathFault(path: string): "ZIP_BAD_PATH" | "ZIP_DEPTH" | null {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (path.length > MAX_NAME || /[\u0000-\u001f]/.test(path)) return "ZIP_BAD_PATH";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "ZIP_BAD_PATH";
  const parts = path.split("/");
  if (parts.includes("..")) return "ZIP_BAD_PATH";
  return parts.length > MAX_DEPTH ? "ZIP_DEPTH" : null;
}

/** Forward slashes, no `.` and no empty parts. */
export function cleanPath(path: string): string {
  if (!/\\|\/\/|(^|\/)\.(\/|$)/.test(path)) return path;
  const slashed = path.replaceAll("\\", "/");
  const parts = slashed.split("/").filter((part) => part !== "." && part !== "");
  return (slashed.startsWith("/") ? "/" : "") + parts.join("/");
}
