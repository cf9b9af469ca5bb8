// Python's `html.unescape`: HTML's named and numbered character references, with its rules for broken ones.
import { decodeHTML } from "entities/decode";

/** The same pattern as Python's; a name has at most 32 characters, so that long text stays linear. */
const reference = /&(?:#(?:(\d+)|[xX]([0-9a-fA-F]+));?|([^\t\n\f <&#;]{1,32};?))/g;

/** What HTML makes of the code points of Windows-1252. */
const windows: Readonly<Record<number, number>> = {
  0x80: 0x20ac, 0x82: 0x201a, 0x83: 0x0192, 0x84: 0x201e, 0x85: 0x2026, 0x86: 0x2020, 0x87: 0x2021, 0x88: 0x02c6,
  0x89: 0x2030, 0x8a: 0x0160, 0x8b: 0x2039, 0x8c: 0x0152, 0x8e: 0x017d, 0x91: 0x2018, 0x92: 0x2019, 0x93: 0x201c,
  0x94: 0x201d, 0x95: 0x2022, 0x96: 0x2013, 0x97: 0x2014, 0x98: 0x02dc, 0x99: 0x2122, 0x9a: 0x0161, 0x9b: 0x203a,
  0x9c: 0x0153, 0x9e: 0x017e, 0x9f: 0x0178,
}; // prettier-ignore

/** Control characters and the code points that Unicode promises never to use: they vanish. */
function isInvalid(code: number): boolean {
  const control = code < 9 || (code > 0xd && code < 0x20) || code === 0xb || (code > 0x7e && code < 0xa0);
  return control || (code >= 0xfdd0 && code <= 0xfdef) || (code & 0xfffe) === 0xfffe;
}

function numbered(code: number): string {
  if (code === 0) return "\ufffd";
  const mapped = windows[code];
  if (mapped !== undefined) return String.fromCodePoint(mapped);
  // Python keeps these five where they are in its table of replacements.
  if (code === 0x81 || code === 0x8d || code === 0x8f || code === 0x90 || code === 0x9d || code === 0xd) {
    return String.fromCodePoint(code);
  }
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return "\ufffd";
  return isInvalid(code) ? "" : String.fromCodePoint(code);
}

/** `&amp;` → `&`, `&#39;` → `'`, `&notit;` → `¬it;`, `&nothing` → `¬hing`. */
export function unescapeHtml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(reference, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return decodeHTML(whole);
    return numbered(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal));
  });
}
