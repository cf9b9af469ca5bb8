// Walks a directory handle: every file below it, several folders at a time.
import type { Problem } from "../../base/problem";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import { isJunk } from "./junk";
import { PARTIAL, type OpenOptions, type RawSource } from "./rawSource";
import { readProblem } from "./readBytes";

const AT_ONCE = 8;
const MAX_DEPTH = 64;

interface Folder {
  readonly handle: FileSystemDirectoryHandle;
  readonly path: string;
  readonly depth: number;
}

/** The files below a handle; folders that cannot be read are named and passed over. */
export async function directorySource(
  handle: FileSystemDirectoryHandle,
  { onProgress, onPartial, signal }: OpenOptions = {},
): Promise<Result<RawSource, Problem>> {
  const folders: Folder[] = [];
  const folderOf: number[] = [];
  const names: string[] = [];
  const paths: string[] = [];
  const closed: string[] = [];
  let junk = 0;
  let showing: Promise<void> | null = null;
  const waiting: Folder[] = [{ handle, path: "", depth: 0 }];

  const whole = (): RawSource => ({
    name: handle.name,
    kind: "directory",
    paths,
    bytes: 0,
    junk,
    problems: closed.length > 0 ? [problem("SOURCE_FOLDER_CLOSED", { items: closed })] : [],
    async read(file) {
      const folder = folders[folderOf[file] as number] as Folder;
      const path = paths[file] as string;
      try {
        const fileHandle = await folder.handle.getFileHandle(names[file] as string);
        return ok(await fileHandle.getFile());
      } catch (thrown) {
        return err(readProblem(thrown, path) ?? problem("SOURCE_FILE_GONE", { items: [path], debug: String(thrown) }));
      }
    },
  });

  const walk = async (folder: Folder): Promise<void> => {
    const place = folders.push(folder) - 1;
    try {
      for await (const [name, entry] of folder.handle.entries()) {
        signal?.throwIfAborted();
        if (isJunk(name)) junk += 1;
        else if (entry.kind === "file") {
          folderOf.push(place);
          names.push(name);
          paths.push(folder.path + name);
          if (paths.length % 500 === 0) onProgress?.(paths.length);
          if (paths.length === PARTIAL && onPartial) showing = onPartial({ ...whole(), paths: paths.slice() });
          // Reading pictures would come to nothing beside a walk that asks for a thousand files at once.
          if (showing !== null) {
            await showing;
            showing = null;
          }
        } else if (folder.depth < MAX_DEPTH)
          waiting.push({
            handle: entry as FileSystemDirectoryHandle,
            path: `${folder.path}${name}/`,
            depth: folder.depth + 1,
          });
      }
    } catch (thrown) {
      signal?.throwIfAborted();
      if (readProblem(thrown, folder.path) === null) throw thrown;
      closed.push(folder.path);
    }
  };

  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const folder = running.size < AT_ONCE ? waiting.pop() : undefined;
    if (folder === undefined) await Promise.race(running);
    else {
      const walking: Promise<void> = walk(folder).finally(() => running.delete(walking));
      running.add(walking);
    }
  }
  if (closed.includes("")) return err(problem("SOURCE_GONE"));
  onProgress?.(paths.length);
  return ok(whole());
}
