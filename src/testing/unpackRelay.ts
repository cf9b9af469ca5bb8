// An unpack store in a worker, asked from a test: sync access handles exist only there.
import type { UnpackAnswer, UnpackAsk } from "./unpack.worker";

export interface RelayedStore {
  write(key: string, parts: readonly string[]): Promise<Blob>;
  discard(key: string, parts: readonly string[]): Promise<void>;
  find(key: string): Promise<Blob | null>;
  /** Keeps a file open, as another tab does. */
  hold(key: string): Promise<void>;
  release(): Promise<void>;
  keepOnly(keys: readonly string[]): Promise<void>;
  room(): Promise<number>;
  close(): void;
}

/** Starts the worker. */
export function relayed(): RelayedStore {
  const worker = new Worker(new URL("./unpack.worker.ts", import.meta.url), { type: "module" });
  const ask = (message: UnpackAsk): Promise<UnpackAnswer> =>
    new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }: MessageEvent<UnpackAnswer>) => {
        if (data.failure === null) resolve(data);
        else reject(new Error(data.failure));
      };
      worker.postMessage(message, [port2]);
    });
  const none = async (message: UnpackAsk): Promise<void> => void (await ask(message));
  return {
    write: async (key, parts) => (await ask({ do: "write", key, parts })).blob ?? new Blob(),
    discard: (key, parts) => none({ do: "discard", key, parts }),
    find: async (key) => (await ask({ do: "find", key })).blob,
    hold: (key) => none({ do: "hold", key }),
    release: () => none({ do: "release" }),
    keepOnly: (keys) => none({ do: "keepOnly", keys }),
    room: async () => (await ask({ do: "room" })).room,
    close: () => worker.terminate(),
  };
}
