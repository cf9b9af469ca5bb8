// Whether a word is an address of the web or of mail, which spaCy leaves in one piece.

/** Longer words are no addresses that anyone wrote, and the search would take long. */
const longest = 2048;

const label = "[A-Za-z0-9\\u00a1-\\uffff](?:[A-Za-z0-9\\u00a1-\\uffff_-]{0,62}[A-Za-z0-9\\u00a1-\\uffff])?";
const host = new RegExp(`^(?:${label}\\.)+[\\p{Ll}\\p{Lo}\\p{Lm}]{2,63}(?::\\d{2,5})?$`, "u");
const address =
  /^(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])(?::\d{2,5})?$/;
/** Networks that nobody reaches from outside: they are cut like other words. */
const privateAddress = /^(?:10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;
const scheme = /^[\p{L}\p{N}_+\-.]{2,}:\/\//u;
const firstCharacter = /^[\p{L}\p{N}_]/u;
const lastCharacter = /[\p{L}\p{N}_/]$/u;

/** `example.com`, `mail@example.org`, `http://8.8.8.8:80/path`; not `etc.` or `end.Next`. */
export function isUrlLike(word: string): boolean {
  // A host name needs a dot within: most words leave here.
  if (word.length > longest || !word.includes(".")) return false;
  if (!firstCharacter.test(word) || !lastCharacter.test(word)) return false;
  const rest = word.replace(scheme, "");
  // A path or a user may hold anything, an at sign too: every cut that leaves a host is tried.
  for (let at = -1; ;) {
    const path = rest.slice(at + 1).search(/[/?#]/);
    const name = path === -1 ? rest.slice(at + 1) : rest.slice(at + 1, at + 1 + path);
    if (name.length <= 300 && (host.test(name) || (address.test(name) && !privateAddress.test(name)))) return true;
    at = rest.indexOf("@", at + 1);
    if (at < 1) return false;
  }
}
