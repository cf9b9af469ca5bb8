// Sends what happens in a run to the page, in at most about ten messages a second.
import type { EngineEvent } from "../rpc/protocol";
import type { BatchRow } from "../spec/run";

export interface RunEvents {
  rows(rows: readonly BatchRow[]): void;
  /** Rows first, so that the page sees things in order. */
  send(event: EngineEvent): void;
  flush(): void;
}

const EVERY_MS = 200;

/** Gathers rows of a run; everything else goes at once. */
export function runEvents(runId: string, emit: (event: EngineEvent) => void, clock: () => number): RunEvents {
  let waiting: BatchRow[] = [];
  let last = Number.NEGATIVE_INFINITY;
  const flush = (): void => {
    if (waiting.length === 0) return;
    emit({ type: "batches", runId, rows: waiting });
    waiting = [];
    last = clock();
  };
  return {
    rows(rows) {
      waiting.push(...rows);
      if (clock() - last >= EVERY_MS) flush();
    },
    send(event) {
      if (event.type !== "progress") flush();
      emit(event);
    },
    flush,
  };
}
