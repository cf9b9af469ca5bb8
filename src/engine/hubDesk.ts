// Fetches public encoders from the hub when a person asks: resumable, hashed, kept for offline use. Nothing is sent.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import { HUB_ENTRIES, hubPath, type HubListing, type HubState } from "../spec/hub";
import { problem } from "../spec/problems";
import { StorageFull } from "../storage/byteStore";
import { hubStore, type HubStore } from "../storage/hubStore";
import type { ByteStore } from "../storage/byteStore";

declare const __GLASSHOUSE_HUB__: string;

export interface HubDesk {
  list(): Promise<HubListing>;
  fetch(id: string): Promise<Result<HubState, Problem>>;
  cancel(id: string): void;
  forget(id: string): Promise<void>;
  /** The file as it would have been dropped, named by its id; null while it is not here as a whole. */
  file(id: string): Promise<File | null>;
}

export interface HubDeskOptions {
  readonly files: () => Promise<ByteStore>;
  readonly onProgress: (state: HubState) => void;
  readonly clock: () => number;
  /** Address of the hub; "" asks nobody. */
  readonly base?: string;
  readonly fetcher?: typeof fetch;
}

const PROGRESS_MS = 250;

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const failed = (id: string, detail: string): Problem => problem("HUB_FAILED", { detail, items: [id] });

/** Bytes of the whole file, from what the answer says about its part. */
function totalOf(answer: Response, at: number): number | null {
  const range = /\/(\d+)$/.exec(answer.headers.get("content-range") ?? "");
  if (range) return Number(range[1]);
  const length = Number(answer.headers.get("content-length") ?? Number.NaN);
  return Number.isSafeInteger(length) && length > 0 ? at + length : null;
}

/** The desk; nothing is asked of the hub before `fetch`. */
export function createHubDesk(options: HubDeskOptions): HubDesk {
  const {
    files,
    onProgress,
    clock,
    base = __GLASSHOUSE_HUB__,
    fetcher = (input, init) => fetch(input, init),
  } = options;
  const underWay = new Map<string, AbortController>();
  let opened: Promise<HubStore> | null = null;
  const store = (): Promise<HubStore> => (opened ??= files().then(hubStore));

  /** One GET without data, cookies or referrer; with a range where a part is here already. */
  const ask = (id: string, from: number, signal: AbortSignal): Promise<Response> =>
    fetcher(`${base}${hubPath(id)}`, {
      method: "GET",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      signal,
      ...(from > 0 ? { headers: { range: `bytes=${from}-` } } : {}),
    });

  const download = async (id: string, signal: AbortSignal): Promise<Result<HubState, Problem>> => {
    const kept = await store();
    const before = await kept.state(id);
    if (before.complete) return ok(before);
    const writer = await kept.writer(id);
    let total: number | null = null;
    try {
      let answer = await ask(id, writer.at(), signal);
      // What is here does not belong to the file of today.
      if (answer.status === 416) {
        writer.restart();
        answer = await ask(id, 0, signal);
      }
      if (!answer.ok || !answer.body)
        return err(failed(id, `The hub answered ${answer.status}. What was fetched before is kept.`));
      if (answer.status !== 206) writer.restart();
      total = totalOf(answer, writer.at());
      await kept.note({ id, kept: 0, total, complete: false, sha256: null });
      let told = -Infinity;
      const reader = (answer.body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        writer.append(value);
        if (clock() - told < PROGRESS_MS) continue;
        told = clock();
        onProgress({ id, kept: writer.at(), total, complete: false, sha256: null });
      }
      if (total !== null && writer.at() !== total)
        return err(failed(id, "The connection ended too soon. Fetching goes on from there next time."));
    } finally {
      writer.close();
    }
    const bytes = await kept.bytes(id);
    const state: HubState = {
      id,
      kept: bytes.length,
      total: bytes.length,
      complete: true,
      sha256: await sha256(bytes),
    };
    await kept.note(state);
    return ok(state);
  };

  return {
    async list() {
      const kept = await store();
      return {
        host: base === "" ? null : new URL(base).host,
        states: await Promise.all(HUB_ENTRIES.map(({ id }) => kept.state(id))),
      };
    },
    async fetch(id) {
      if (base === "" || !HUB_ENTRIES.some((entry) => entry.id === id)) return err(problem("HUB_OFF", { items: [id] }));
      if (underWay.has(id)) return err(failed(id, "It is being fetched already."));
      const stop = new AbortController();
      underWay.set(id, stop);
      try {
        return await download(id, stop.signal);
      } catch (error) {
        if (stop.signal.aborted) return err(problem("HUB_CANCELLED", { items: [id] }));
        if (error instanceof StorageFull) return err(problem("STORAGE_FULL", { items: [id] }));
        if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
        return err(
          failed(id, "The hub could not be reached, or the connection broke. What was fetched before is kept."),
        );
      } finally {
        underWay.delete(id);
      }
    },
    cancel: (id) => underWay.get(id)?.abort(),
    async forget(id) {
      underWay.get(id)?.abort();
      await (await store()).remove(id);
    },
    async file(id) {
      const kept = await store();
      const { complete } = await kept.state(id);
      return complete ? new File([await kept.bytes(id)], id) : null;
    },
  };
}
