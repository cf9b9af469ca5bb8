// What the browser hands over on a drop, or when files are chosen, as a plain list.
import type { Dropped } from "../../store/droppedFiles";
import { listFiles } from "./listFiles";

interface WithHandle {
  getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}

/** Whether a drag carries files at all (not a selection of text). */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer !== null && Array.from(transfer.types).includes("Files");
}

/** All files below an entry, with their paths: for browsers without directory handles. */
async function filesBelow(entry: FileSystemEntry): Promise<Dropped[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ kind: "file", path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: Dropped[] = [];
  // A directory answers in portions; an empty one means that it is over.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return found;
    for (const files of await Promise.all(portion.map(filesBelow))) found.push(...files);
  }
}

async function readItem(
  handle: Promise<FileSystemHandle | null> | null,
  entry: FileSystemEntry | null,
  file: File | null,
  onFound: (files: number) => void,
): Promise<Dropped[]> {
  const got = handle === null ? null : await handle.catch(() => null);
  if (got?.kind === "directory") {
    const listing = entry?.isDirectory ? await listFiles(entry as FileSystemDirectoryEntry, onFound) : null;
    const directory = { kind: "directory", handle: got as FileSystemDirectoryHandle } as const;
    return [listing === null ? directory : { ...directory, listing }];
  }
  if (file !== null && entry?.isDirectory !== true) return [{ kind: "file", path: file.name, file }];
  return entry === null ? [] : filesBelow(entry);
}

/**
 * What was dropped; must be called within the drop event, since its items are gone afterwards. `onFound` hears how many
 * files were found in a directory so far.
 */
export async function readDrop(
  transfer: DataTransfer,
  onFound: (files: number) => void = () => undefined,
): Promise<Dropped[]> {
  const items = Array.from(transfer.items).filter((item) => item.kind === "file");
  const reading = items.map((item) => {
    const handle = (item as DataTransferItem & WithHandle).getAsFileSystemHandle?.() ?? null;
    return readItem(handle, item.webkitGetAsEntry(), item.getAsFile(), onFound);
  });
  return (await Promise.all(reading)).flat();
}

/** Chosen files, with their paths below a chosen folder. */
export function readFileList(files: FileList): Dropped[] {
  return Array.from(files, (file) => ({ kind: "file", path: file.webkitRelativePath || file.name, file }));
}
