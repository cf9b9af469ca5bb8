// Workers start from a blob, in a page and in a worker, and only from this site.
import { afterEach, describe, expect, it } from "vitest";
import echoUrl from "../testing/echo.worker?worker&url";
import relayUrl from "../testing/relay.worker?worker&url";
import { spawnWorker } from "./spawnWorker";

let worker: Worker | undefined;
afterEach(() => worker?.terminate());

/** The worker's first answer to `message`. */
function ask(started: Worker, message: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    started.onmessage = (event) => resolve(event.data);
    started.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
    started.postMessage(message);
  });
}

describe("spawnWorker", () => {
  it("starts a named module worker from a blob", async () => {
    worker = spawnWorker(echoUrl, { name: "echo" });
    expect(await ask(worker, "hello")).toEqual({ heard: "hello", scheme: "blob:", name: "echo" });
  });

  it("works inside a worker", async () => {
    worker = spawnWorker(relayUrl);
    expect(await ask(worker, "far")).toEqual({ heard: "far", scheme: "blob:", name: "inner" });
  });

  it("refuses a URL of another site or scheme", () => {
    expect(() => spawnWorker("https://example.com/worker.js")).toThrow(TypeError);
    expect(() => spawnWorker("data:text/javascript,0")).toThrow(TypeError);
    expect(() => spawnWorker(`blob:${location.origin}/0`)).toThrow(TypeError);
  });
});
