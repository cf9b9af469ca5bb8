// Lists a dropped directory by the older of the browser's two ways, which is many times as fast as walking handles.
import type { Listing } from "../../spec/source";

/** Where it takes longer, on a network drive say, the engine walks on its own and says how far it is. */
const LIMIT_MS = 3000;
const AT_ONCE = 8;

const portionOf = (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> =>
  new Promise((resolve, reject) => reader.readEntries(resolve, reject));

/** The paths of all files below a directory, or null where that fails or takes too long. */
export async function listFiles(
  root: FileSystemDirectoryEntry,
  onFound: (files: number) => void,
): Promise<Listing | null> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const start = root.fullPath.length + 1;
  const paths: string[] = [];
  const waiting = [root];
  const list = async (folder: FileSystemDirectoryEntry): Promise<void> => {
    const reader = folder.createReader();
    // A directory answers in portions; an empty one means that it is over.
    for (;;) {
      const portion = await portionOf(reader);
      if (portion.length === 0 || limit.aborted) break;
      for (const entry of portion)
        if (entry.isFile) paths.push(entry.fullPath.slice(start));
        else waiting.push(entry as FileSystemDirectoryEntry);
    }
    onFound(paths.length);
  };
  onFound(0);
  const running = new Set<Promise<void>>();
  try {
    while ((waiting.length > 0 || running.size > 0) && !limit.aborted) {
      const folder = running.size < AT_ONCE ? waiting.pop() : undefined;
      if (folder === undefined) await Promise.race(running);
      else {
        const listing: Promise<void> = list(folder).finally(() => running.delete(listing));
        running.add(listing);
      }
    }
    return limit.aborted ? null : paths.join("\0");
  } catch {
    // Whatever it was, walking the handle meets it again, and names the folder.
    await Promise.allSettled(running);
    return null;
  }
}
