// The page's end of the protocol: the engine as an object, whatever happens to its worker.
import { createEmitter } from "../base/emitter";
import { ProblemError, type Problem } from "../base/problem";
import { err } from "../base/result";
import { problem } from "../spec/problems";
import { ANSWERS_RESULT, METHODS } from "./lanes";
import type { WorkerPort } from "./port";
import type { Answer, Arguments, Engine, EngineEvent, FromEngine, Method } from "./protocol";
import { createAllowance, createWatchdog, type Watchdog } from "./watchdog";

export interface EngineClient extends Engine {
  /** Ends the worker and starts a fresh one, which opens the same device and source again; resolves when it listens. */
  restart(): Promise<void>;
  /** Ends the worker for good. */
  close(): void;
}

export interface ClientOptions {
  readonly spawn: () => WorkerPort;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
  readonly checkMs?: number;
}

interface Pending {
  readonly method: Method;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ProblemError) => void;
}

const SILENCE_MS = 15_000;
/** On the processor a single step may keep the worker busy for longer than any GPU would. */
const SLOW_SILENCE_MS = 180_000;
/** Drivers compile shaders as long as they like, but not for ever. */
const COMPILE_SILENCE_MS = 600_000;
const RESTARTS = 2;
const RESTART_WINDOW_MS = 120_000;

/** Calls that bring a fresh worker to where the last one was. */
const REPLAYED = ["start", "openSource", "prepare"] as const satisfies readonly Method[];

/** The engine behind a worker that `spawn` starts; calls that die with the worker end with a Problem. */
export function createEngineClient(options: ClientOptions): EngineClient {
  const { spawn, clock = () => performance.now(), checkMs = 1000 } = options;
  const events = createEmitter<EngineEvent>();
  const allowed = createAllowance(RESTARTS, RESTART_WINDOW_MS, clock);
  const remembered = new Map<Method, readonly unknown[]>();
  let pending = new Map<number, Pending>();
  let nextId = 1;
  let onCpu = false;
  let ready = false;
  let deviceLost = false;
  let onReady = (): void => undefined;
  let worker: WorkerPort | null = null;
  let watchdog: Watchdog | null = null;

  const settle = (call: Pending, failure: Problem): void => {
    if (ANSWERS_RESULT[call.method]) call.resolve(err(failure));
    else call.reject(new ProblemError(failure));
  };

  const end = (failure: Problem): void => {
    watchdog?.stop();
    worker?.terminate();
    worker = null;
    const dead = pending;
    pending = new Map();
    for (const call of dead.values()) settle(call, failure);
  };

  const post = <M extends Method>(method: M, args: Arguments<M>): Promise<Answer<M>> =>
    new Promise((resolve, reject) => {
      const call: Pending = { method, resolve: resolve as (value: unknown) => void, reject };
      const id = nextId;
      nextId += 1;
      if (!worker) return settle(call, problem("ENGINE_STOPPED"));
      pending.set(id, call);
      try {
        worker.postMessage({ id, method, args }, []);
      } catch (thrown) {
        pending.delete(id);
        reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
      }
    });

  const onEvent = (event: EngineEvent): void => {
    if (event.type === "heartbeat") return;
    if (event.type === "progress") {
      const compiling = event.progress.phase === "compiling shaders";
      watchdog?.patience(compiling ? COMPILE_SILENCE_MS : onCpu ? SLOW_SILENCE_MS : SILENCE_MS);
    }
    if (event.type === "problem" && event.problem.code === "DEVICE_LOST") deviceLost = true;
    events.emit(event);
  };

  /** A fresh worker is the one way back from a lost device; the run that was cut off tells its end first. */
  const replaceAfterLoss = (): void => {
    if (!deviceLost || [...pending.values()].some(({ method }) => method === "run")) return;
    if (!allowed()) return;
    end(problem("DEVICE_LOST"));
    begin();
    replay();
  };

  const onMessage = (message: FromEngine): void => {
    watchdog?.heard();
    if (message.type === "event") {
      onEvent(message.event);
      return replaceAfterLoss();
    }
    if (message.type === "ready") {
      ready = true;
      onReady();
      return watchdog?.patience(onCpu ? SLOW_SILENCE_MS : SILENCE_MS);
    }
    const call = pending.get(message.id);
    if (!call) return;
    pending.delete(message.id);
    if (message.type === "failure") return settle(call, message.problem);
    if (call.method === "start") {
      const answer = message.value as Answer<"start">;
      onCpu = answer.ok && answer.value.backend === "cpu";
      watchdog?.patience(onCpu ? SLOW_SILENCE_MS : SILENCE_MS);
    }
    call.resolve(message.value);
    replaceAfterLoss();
  };

  const begin = (): void => {
    const started = spawn();
    [ready, deviceLost] = [false, false];
    worker = started;
    watchdog = createWatchdog({ clock, checkMs, onSilence: () => died("It said nothing for 15 seconds.") });
    started.addEventListener("message", ({ data }) => {
      if (started === worker) onMessage(data as FromEngine);
    });
    const onError = (event: Event): void => {
      event.preventDefault();
      // A worker that runs tells its errors itself and goes on; one that never was ready did not load.
      if (started === worker && !ready) died("message" in event ? String(event.message) : "It did not load.");
    };
    started.addEventListener("error", onError);
    started.addEventListener("messageerror", onError);
    started.start?.();
  };

  const replay = (): void => {
    for (const method of REPLAYED) {
      const args = remembered.get(method);
      if (args) void post(method, args as Arguments<typeof method>).catch(() => undefined);
    }
  };

  const died = (why: string): void => {
    const again = allowed();
    const detail = again
      ? "It is started anew; the run is kept up to its last save."
      : "It stopped three times within two minutes, so it is not started again by itself; the run is kept up to its last save.";
    const failure = problem("ENGINE_STOPPED", { detail, debug: why });
    end(failure);
    if (again) {
      begin();
      replay();
    }
    events.emit({ type: "problem", problem: failure });
  };

  begin();
  const method =
    <M extends Method>(name: M) =>
    (...args: Arguments<M>): Promise<Answer<M>> => {
      if (REPLAYED.some((one) => one === name)) remembered.set(name, args);
      return post(name, args);
    };
  const api = Object.fromEntries(METHODS.map((name) => [name, method(name)])) as unknown as Omit<Engine, "on">;
  return {
    ...api,
    on: (listener) => events.on(listener),
    restart() {
      end(problem("ENGINE_STOPPED"));
      const listening = new Promise<void>((resolve) => void (onReady = resolve));
      begin();
      replay();
      return listening;
    },
    close: () => end(problem("ENGINE_STOPPED", { detail: "It was closed." })),
  };
}
