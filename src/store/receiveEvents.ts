// Turns the engine's events into state, at most four times a second for what comes often.
import type { Engine } from "../rpc/protocol";
import type { HubState } from "../spec/hub";
import type { BatchRow, Progress } from "../spec/run";
import type { Loading } from "./dataset";
import { throttle } from "./debounce";
import { createAnnouncer } from "./progressText";
import { changeRun, withEpoch, withLrFind, withRows, type Run } from "./runs";
import type { StudioContext } from "./studioContext";

const FLUSH_MS = 250;

/** Listens to the engine; returns the end of it. */
export function receiveEvents(
  context: StudioContext,
  events: Pick<Engine, "on">,
  onHub: (state: HubState) => void,
): () => void {
  const { stores, timer, report } = context;
  const rows = new Map<string, BatchRow[]>();
  const announce = createAnnouncer(timer.now);
  let progress: Progress | null = null;
  let loading: Loading | null = null;

  const change = (id: string, act: (run: Run) => Run, keep: boolean): void =>
    stores.runs.setState((state) => {
      const next = changeRun(state.runs, id, act);
      return next === state.runs ? state : { runs: next, revision: state.revision + (keep ? 1 : 0) };
    });

  const flushRows = throttle(
    FLUSH_MS,
    () => {
      for (const [id, fresh] of rows) change(id, (run) => withRows(run, fresh), false);
      rows.clear();
    },
    timer,
  );
  // A task of its own, so that the page draws the charts and the numbers one after the other.
  const flushProgress = throttle(
    FLUSH_MS,
    () => {
      if (progress && stores.status.getState().runState !== "idle")
        stores.status.setState({ progress, spoken: announce(progress) ?? stores.status.getState().spoken });
      if (loading && (stores.dataset.getState().opening || stores.dataset.getState().preparing))
        stores.dataset.setState({ loading });
      progress = null;
      loading = null;
    },
    timer,
  );

  const stop = events.on((event) => {
    switch (event.type) {
      case "batches": {
        const waiting = rows.get(event.runId);
        if (waiting) waiting.push(...event.rows);
        else rows.set(event.runId, [...event.rows]);
        return flushRows();
      }
      case "progress":
        progress = event.progress;
        return flushProgress();
      case "loading":
        loading = { phase: event.phase, done: event.done, total: event.total };
        return flushProgress();
      case "peek": {
        if (!stores.dataset.getState().opening) return event.pictures.forEach(({ image }) => image.close());
        return stores.dataset.setState({ peek: event.pictures });
      }
      case "epoch":
        flushRows.flush();
        return change(event.runId, (run) => withEpoch(run, event.row), true);
      case "lrFind":
        return change(event.runId, (run) => withLrFind(run, event.result), true);
      case "stage":
        return change(
          event.runId,
          (run) => ({
            ...run,
            stages: { ...run.stages, [event.stage]: event.state },
            nextStage: event.state === "finished" ? Math.max(run.nextStage, event.stage + 1) : run.nextStage,
          }),
          event.state === "finished",
        );
      case "runState":
        flushRows.flush();
        flushProgress.flush();
        stores.status.setState({ runState: event.state });
        if (event.state !== "idle")
          change(event.runId, (run) => ({ ...run, status: event.state as Run["status"] }), false);
        return;
      case "checkpoint":
        return change(event.runId, (run) => run, true);
      case "hub":
        return onHub(event.state);
      case "problem":
        return report(event.problem);
      case "heartbeat":
        return;
    }
  });
  return () => {
    stop();
    flushRows.cancel();
    flushProgress.cancel();
  };
}
