// Downloaded weights by their hub id: one file that grows, and notes beside it that say how far it is.
import type { HubState } from "../spec/hub";
import { StorageFull, writeAll, type ByteStore } from "./byteStore";

/** A download that is being written. */
export interface HubWriter {
  readonly at: () => number;
  append(bytes: Uint8Array<ArrayBuffer>): void;
  /** Drops what is there: the hub sends the file from its beginning. */
  restart(): void;
  close(): void;
}

export interface HubStore {
  state(id: string): Promise<HubState>;
  writer(id: string): Promise<HubWriter>;
  note(state: HubState): Promise<void>;
  bytes(id: string): Promise<Uint8Array<ArrayBuffer>>;
  remove(id: string): Promise<void>;
}

const fileOf = (id: string): string => `${id.replace(/[^\w.-]/g, "_")}.safetensors`;
const notesOf = (id: string): string => `${fileOf(id)}.json`;

function parseNotes(text: string): Pick<HubState, "total" | "complete" | "sha256"> {
  try {
    const notes = JSON.parse(text) as Partial<HubState> | null;
    const total = typeof notes?.total === "number" ? notes.total : null;
    const sha256 = typeof notes?.sha256 === "string" && /^[0-9a-f]{64}$/.test(notes.sha256) ? notes.sha256 : null;
    return { total, sha256, complete: notes?.complete === true && sha256 !== null };
  } catch {
    return { total: null, sha256: null, complete: false };
  }
}

/** A store of downloads over any place for files. */
export function hubStore(files: ByteStore): HubStore {
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const file = await files.open(name);
    try {
      const bytes = new Uint8Array(file.size());
      file.read(bytes, 0);
      return bytes;
    } finally {
      file.close();
    }
  };
  return {
    async state(id) {
      const names = await files.names();
      if (!names.includes(fileOf(id))) return { id, kept: 0, total: null, complete: false, sha256: null };
      const file = await files.open(fileOf(id));
      const kept = file.size();
      file.close();
      const notes = names.includes(notesOf(id)) ? parseNotes(new TextDecoder().decode(await read(notesOf(id)))) : parseNotes(""); // prettier-ignore
      return { id, kept, ...notes, complete: notes.complete && notes.total === kept };
    },
    async writer(id) {
      const file = await files.open(fileOf(id));
      let at = file.size();
      return {
        at: () => at,
        append(bytes) {
          writeAll(file, bytes, at);
          at += bytes.length;
        },
        restart() {
          file.truncate(0);
          at = 0;
        },
        close() {
          file.flush();
          file.close();
        },
      };
    },
    async note({ id, total, complete, sha256 }) {
      const bytes = new TextEncoder().encode(JSON.stringify({ total, complete, sha256 }));
      const file = await files.open(notesOf(id));
      try {
        file.truncate(0);
        writeAll(file, bytes, 0);
        file.flush();
      } catch (error) {
        if (!(error instanceof StorageFull)) throw error;
      } finally {
        file.close();
      }
    },
    bytes: (id) => read(fileOf(id)),
    async remove(id) {
      await files.remove(fileOf(id));
      await files.remove(notesOf(id));
    },
  };
}
