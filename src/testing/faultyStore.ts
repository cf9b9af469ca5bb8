// A store that breaks on command: the k-th write is torn, short, refused, or lies about itself.
import type { ByteFile, ByteStore } from "../storage/byteStore";

export type Fault = "throw" | "short" | "bogus" | "torn" | "noRoom";

/** The worker is killed: nothing after it happens. */
export class Killed extends Error {}

export interface FaultyStore extends ByteStore {
  /** Writes and truncates so far. */
  readonly calls: number;
  /** The call with this number (from 0) fails; null heals. */
  failAt(call: number | null, fault: Fault): void;
}

/** Wraps a store; "torn" writes half of the bytes and then kills whoever wrote. */
export function faultyStore(inner: ByteStore): FaultyStore {
  let calls = 0;
  let at: number | null = null;
  let fault: Fault = "throw";
  const due = (): boolean => {
    calls += 1;
    return at !== null && (fault === "noRoom" || fault === "bogus" ? calls - 1 >= at : calls - 1 === at);
  };
  const broken = (file: ByteFile): ByteFile => ({
    ...file,
    truncate(size) {
      if (!due()) file.truncate(size);
    },
    write(bytes, offset) {
      if (!due()) return file.write(bytes, offset);
      const half = bytes.subarray(0, bytes.length >> 1);
      switch (fault) {
        case "throw":
          throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
        case "short":
        case "noRoom":
          return file.write(half, offset);
        case "bogus":
          return 4294967288;
        case "torn":
          file.write(half, offset);
          throw new Killed();
      }
    },
  });
  return {
    get calls() {
      return calls;
    },
    failAt(call, kind) {
      at = call === null ? null : calls + call;
      fault = kind;
    },
    open: async (name) => broken(await inner.open(name)),
    names: () => inner.names(),
    remove: (name) => inner.remove(name),
  };
}
