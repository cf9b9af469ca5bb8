// What Python's string methods say about text, where JavaScript's differ: fastai's rules are written with them.

/** Python's `str.isspace` for one character: wider than `\s` by four separators and NEL, without the byte order mark. */
const pattern = `(?!\\ufeff)[\\s${String.fromCharCode(0x1c)}-${String.fromCharCode(0x1f)}\\u0085]`;
const space = new RegExp(`^${pattern}$`);
const spaces = new RegExp(`(?:${pattern})+`);
const lowerOrTitle = /[\p{Lowercase}\p{Lt}]/u;
const upperOrTitle = /[\p{Uppercase}\p{Lt}]/u;
const upper = /\p{Uppercase}/u;
const lower = /\p{Lowercase}/u;

/** `character.isspace()`. */
export function isSpace(character: string): boolean {
  return space.test(character);
}

/** `text.isupper()`: cased, and nothing in it is lower or title case. */
export function isUpper(text: string): boolean {
  return upper.test(text) && !lowerOrTitle.test(text);
}

/** `text.islower()`: cased, and nothing in it is upper or title case. */
export function isLower(text: string): boolean {
  return lower.test(text) && !upperOrTitle.test(text);
}

/** `text.split()`: by runs of white space, without empty parts. */
export function splitSpaces(text: string): string[] {
  return text.split(spaces).filter((part) => part !== "");
}

/** `len(text)`: code points. */
export function pythonLength(text: string): number {
  let length = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const pair = code >= 0xd800 && code < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
    if (pair) i += 1;
    length += 1;
  }
  return length;
}
