// The worker's end of the protocol: a queue of calls around any engine.
import { toProblem, type Problem } from "../base/problem";
import { LANES, METHODS } from "./lanes";
import type { Port } from "./port";
import type { Engine, FromEngine, ToEngine } from "./protocol";
import { transferables } from "./transfer";

/** What the worker's global scope tells of errors that nobody caught. */
export interface ErrorScope {
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
  addEventListener(type: "unhandledrejection", listener: (event: PromiseRejectionEvent) => void): void;
}

export interface HostOptions {
  /** Forwards errors that nobody caught: without it they reach the page as nothing. */
  readonly errors?: ErrorScope;
  readonly heartbeatMs?: number;
}

function isCall(message: unknown): message is ToEngine {
  if (typeof message !== "object" || message === null) return false;
  if (!("id" in message) || typeof message.id !== "number") return false;
  if (!("args" in message) || !Array.isArray(message.args)) return false;
  return "method" in message && METHODS.some((method) => method === message.method);
}

/** Answers the calls that come in by `port`; returns the function that ends it. */
export function serveEngine(port: Port, engine: Engine, { errors, heartbeatMs = 1000 }: HostOptions = {}): () => void {
  const send = (message: FromEngine): void => port.postMessage(message, transferables(message));
  const report = (problem: Problem): void => send({ type: "event", event: { type: "problem", problem } });
  const tails = new Map<string, Promise<void>>();

  const call = async ({ id, method, args }: ToEngine): Promise<void> => {
    try {
      // The table of methods and arguments is checked where calls are made; here they are one shape.
      const run = engine[method] as (...args: readonly unknown[]) => Promise<unknown>;
      send({ type: "answer", id, value: await run.apply(engine, args) });
    } catch (thrown) {
      send({ type: "failure", id, problem: toProblem(thrown) });
    }
  };

  const onMessage = ({ data }: MessageEvent<unknown>): void => {
    if (!isCall(data)) return;
    const lane = LANES[data.method];
    if (lane === "now") void call(data);
    else
      tails.set(
        lane,
        (tails.get(lane) ?? Promise.resolve()).then(() => call(data)),
      );
  };

  const off = engine.on((event) => send({ type: "event", event }));
  errors?.addEventListener("error", (event) => report(toProblem(event.error ?? event.message)));
  errors?.addEventListener("unhandledrejection", (event) => report(toProblem(event.reason)));
  const beat = setInterval(() => send({ type: "event", event: { type: "heartbeat" } }), heartbeatMs);
  port.addEventListener("message", onMessage);
  port.start?.();
  send({ type: "ready" });
  return () => {
    clearInterval(beat);
    off();
    port.removeEventListener("message", onMessage);
  };
}
