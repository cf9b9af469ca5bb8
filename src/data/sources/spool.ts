// Where an unpacked stream goes: into memory while it is small, then into a file of the browser's own.
import { ArchiveFault } from "../../formats/archive/fault";
import { NoRoom, type UnpackedFile, type UnpackStore } from "../../storage/unpackStore";

/** Content up to this size stays in memory. */
export const IN_MEMORY = 48 * 2 ** 20;
/** Room that is left to everything else. */
const RESERVE = 64 * 2 ** 20;

const noRoom = (): ArchiveFault => new ArchiveFault("ARCHIVE_NO_SPACE");

/** Throws where `bytes` cannot be kept: to be asked before any work is done. */
export async function checkRoom(store: UnpackStore | null, bytes: number): Promise<void> {
  if (bytes <= IN_MEMORY) return;
  if (store === null || (await store.room()) < bytes + RESERVE) throw noRoom();
}

/** Reads all pieces and gives them as one blob; on any failure nothing stays behind. */
export async function spool(
  pieces: AsyncIterable<Uint8Array>,
  store: UnpackStore | null,
  key: string,
  signal?: AbortSignal,
): Promise<Blob> {
  let held: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let file: UnpackedFile | null = null;
  try {
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      bytes += piece.length;
      if (file === null && bytes > IN_MEMORY) {
        await checkRoom(store, bytes);
        file = (await store?.create(key)) ?? null;
        for (const one of held) file?.write(one);
        held = [];
      }
      if (file === null) held.push(piece.slice());
      else file.write(piece);
    }
    const whole = file === null ? new Blob(held) : await file.finish();
    file = null;
    return whole;
  } catch (thrown) {
    throw thrown instanceof NoRoom ? noRoom() : thrown;
  } finally {
    await file?.discard();
  }
}
