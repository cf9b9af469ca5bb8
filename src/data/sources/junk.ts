// Files that operating systems leave behind and no dataset means.

const JUNK = new Set(["__macosx", "thumbs.db", "desktop.ini", "ehthumbs.db", "@eadir", "$recycle.bin", "icon\r"]);

/** True for hidden files and folders and for what systems leave behind, by their bare name. */
export function isJunk(name: string): boolean {
  return name.startsWith(".") || JUNK.has(name.toLowerCase());
}

/** True when any part of a path is junk. */
export function isJunkPath(path: string): boolean {
  return path.split("/").some(isJunk);
}
