// A few workers that decode pictures side by side; a worker that crashes or hangs costs one picture, not the run.
import type { Decoded, Decoder } from "./decoder";
import type { FromDecodeWorker, ToDecodeWorker } from "./decodeMessages";

export interface DecodePoolOptions {
  /** Starts a worker of `decodeWorker.ts`. */
  readonly spawn: (name: string) => Worker;
  /** Defaults to the number of cores, at most 4. */
  readonly size?: number;
  /** A picture that takes longer is given up. */
  readonly timeout?: number;
}

type Task = ToDecodeWorker extends infer Message ? (Message extends unknown ? Omit<Message, "id"> : never) : never;

interface Waiting {
  readonly task: Task;
  readonly settle: (answer: FromDecodeWorker | string) => void;
  cancelled: boolean;
}

interface Slot {
  readonly name: string;
  worker: Worker | null;
  /** Ends the job that runs in it; null where none does. */
  finish: ((answer: FromDecodeWorker | string) => void) | null;
}

const failure = (reason: string): Decoded => ({ ok: false, code: "IMG_DECODE", reason });

/** The pool; workers start with their first job. */
export function createDecodePool({ spawn, size, timeout = 60_000 }: DecodePoolOptions): Decoder {
  const parallel = size ?? Math.max(1, Math.min(4, navigator.hardwareConcurrency));
  const slots: Slot[] = Array.from({ length: parallel }, (_, i) => ({
    name: `decode ${i + 1}`,
    worker: null,
    finish: null,
  }));
  const queue: Waiting[] = [];
  let nextId = 1;
  let disposed = false;

  const run = (slot: Slot, waiting: Waiting): void => {
    const worker = (slot.worker ??= spawn(slot.name));
    const id = nextId++;
    const finish = (answer: FromDecodeWorker | string): void => {
      clearTimeout(timer);
      worker.onmessage = null;
      worker.onerror = null;
      if (typeof answer === "string") {
        worker.terminate();
        slot.worker = null;
      }
      slot.finish = null;
      waiting.settle(answer);
      pump();
    };
    slot.finish = finish;
    const timer = setTimeout(() => finish("decoding took too long"), timeout);
    worker.onmessage = ({ data }: MessageEvent<FromDecodeWorker>) => {
      if (data.id === id) finish(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      finish("the decoder crashed on it");
    };
    worker.postMessage({ ...waiting.task, id } satisfies ToDecodeWorker);
  };

  const pump = (): void => {
    for (const slot of slots) {
      if (slot.finish !== null || disposed) continue;
      while (queue[0]?.cancelled === true) queue.shift();
      const waiting = queue.shift();
      if (waiting === undefined) return;
      run(slot, waiting);
    }
  };

  const submit = (task: Task, signal?: AbortSignal): Promise<FromDecodeWorker | string> =>
    new Promise((resolve, reject) => {
      if (disposed) return resolve("the decoder was closed");
      signal?.throwIfAborted();
      const waiting: Waiting = { task, settle: resolve, cancelled: false };
      // A job that already runs ends by itself; its result is dropped.
      const cancel = (): void => {
        waiting.cancelled = true;
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", cancel, { once: true });
      const settle = waiting.settle;
      queue.push(
        Object.assign(waiting, {
          settle: (answer: FromDecodeWorker | string) => {
            signal?.removeEventListener("abort", cancel);
            settle(answer);
          },
        }),
      );
      pump();
    });

  return {
    parallel,
    async decode(job, signal) {
      const answer = await submit({ do: "decode", job }, signal);
      if (typeof answer === "string") return failure(answer);
      return answer.do === "decode" ? answer.decoded : failure("the decoder answered another question");
    },
    async thumbnail(file, path, size) {
      const answer = await submit({ do: "thumbnail", file, path, size });
      return typeof answer !== "string" && answer.do === "thumbnail" ? answer.bitmap : null;
    },
    dispose() {
      disposed = true;
      for (const slot of slots) {
        slot.finish?.("the decoder was closed");
        slot.worker?.terminate();
      }
      for (const waiting of queue.splice(0)) waiting.settle("the decoder was closed");
    },
  };
}
