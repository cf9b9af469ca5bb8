// The engine's client and host talk over a message channel as they do over a worker.
import { afterEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "../base/problem";
import { err, ok } from "../base/result";
import { problem } from "../spec/problems";
import { RECIPES } from "../spec/recipes";
import type { DeviceReport } from "../spec/device";
import type { Interpretation, RunSummary } from "../spec/run";
import { fakeEngine, type FakeEngine } from "../testing/fakeEngine";
import { createEngineClient, type EngineClient } from "./client";
import { serveEngine } from "./host";
import type { WorkerPort } from "./port";
import type { EngineApi, EngineEvent } from "./protocol";

interface Rig {
  readonly client: EngineClient;
  readonly engines: FakeEngine[];
  readonly events: EngineEvent[];
  /** The newest worker falls silent. */
  hang(): void;
  now: number;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A client whose workers are message channels with a fake engine at the other end. */
function rig(methods: Partial<EngineApi>, ready = true): Rig {
  const engines: FakeEngine[] = [];
  const events: EngineEvent[] = [];
  let stopLast = (): void => undefined;
  const state = { now: 0 };
  const spawn = (): WorkerPort => {
    const { port1, port2 } = new MessageChannel();
    const engine = fakeEngine(methods);
    engines.push(engine);
    const stop = ready ? serveEngine(port2, engine, { heartbeatMs: 5 }) : () => undefined;
    stopLast = stop;
    const close = (): void => {
      stop();
      port1.close();
      port2.close();
    };
    closers.push(close);
    const worker = port1 as unknown as WorkerPort;
    worker.terminate = close;
    return worker;
  };
  const client = createEngineClient({ spawn, clock: () => state.now, checkMs: 2 });
  client.on((event) => events.push(event));
  closers.push(() => client.close());
  return Object.assign(state, { client, engines, events, hang: () => stopLast() });
}

const device = { backend: "webgpu", slow: false } as DeviceReport;
const recipe = RECIPES["shapes"]!;
const runRequest = { runId: "r", recipe, from: 0, to: 1, resume: false };
const never = new Promise<never>(() => undefined);

/** Lets the clock run until something holds, in steps that do not look like a sleeping page. */
async function passTime(one: Rig, until: () => boolean): Promise<void> {
  await vi.waitFor(() => {
    one.now += 900;
    expect(until()).toBe(true);
  }, { timeout: 20_000, interval: 2 }); // prettier-ignore
}

describe("calls", () => {
  it("bring back the engine's answer", async () => {
    const { client } = rig({ start: async ({ prefer }) => ok({ ...device, backend: prefer }) });
    expect(await client.start({ prefer: "webgpu" })).toEqual(ok(device));
  });

  it("of one lane run one after another, and control goes between them", async () => {
    const log: string[] = [];
    let release = (): void => undefined;
    const { client } = rig({
      run: async () => {
        log.push("run begins");
        await new Promise<void>((resolve) => void (release = resolve));
        log.push("run ends");
        return err(problem("RUN_NO_STAGES"));
      },
      prepare: async () => {
        log.push("prepare");
        return { ready: true } as Awaited<ReturnType<EngineApi["prepare"]>>;
      },
      control: async (command) => {
        log.push(command);
        release();
      },
    });
    const run = client.run(runRequest);
    const prepared = client.prepare(recipe);
    await client.control("stop");
    await Promise.all([run, prepared]);
    expect(log).toEqual(["run begins", "stop", "run ends", "prepare"]);
  });

  it("move typed arrays instead of copying them", async () => {
    const losses = new Float32Array([1, 2, 3]);
    const { client } = rig({ interpret: async () => ok({ losses } as unknown as Interpretation) });
    const answer = await client.interpret();
    expect(answer.ok && [...answer.value.losses]).toEqual([1, 2, 3]);
    expect(losses.byteLength).toBe(0);
  });

  it("turn what the engine throws into a Problem, as an answer where the answer is a Result", async () => {
    const { client } = rig({
      describeModel: async () => {
        throw new ProblemError(problem("SOURCE_MISSING"));
      },
      catalog: async () => {
        throw new Error("a bug");
      },
    });
    expect(await client.describeModel(recipe)).toEqual(err(problem("SOURCE_MISSING")));
    await expect(client.catalog()).rejects.toMatchObject({ problem: { code: "INTERNAL" } });
  });

  it("refuse what cannot be sent", async () => {
    const { client } = rig({});
    const unsendable = { ...recipe, title: (() => "") as unknown as string };
    await expect(client.prepare(unsendable)).rejects.toThrow(/could not be cloned/);
  });
});

describe("events", () => {
  it("reach every listener, heartbeats excepted", async () => {
    const one = rig({});
    await vi.waitFor(() => expect(one.engines).toHaveLength(1));
    one.engines[0]!.emit({ type: "checkpoint", runId: "r", step: 7 });
    await vi.waitFor(() => expect(one.events).toEqual([{ type: "checkpoint", runId: "r", step: 7 }]));
  });

  it("tell of errors that nobody caught in the worker", async () => {
    const { port1, port2 } = new MessageChannel();
    closers.push(() => port1.close());
    const scope = new EventTarget();
    const errors = { addEventListener: scope.addEventListener.bind(scope) as never };
    closers.push(serveEngine(port2, fakeEngine({}), { errors }));
    const told: unknown[] = [];
    port1.onmessage = (event) => told.push(event.data);
    scope.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason: new Error("lost promise") }));
    await vi.waitFor(() =>
      expect(told).toContainEqual({
        type: "event",
        event: { type: "problem", problem: expect.objectContaining({ code: "INTERNAL", detail: expect.stringContaining("lost promise") }) },
      }),
    ); // prettier-ignore
  });
});

describe("a worker that dies", () => {
  it("ends its calls with a Problem when it is restarted, and the fresh one is brought where the last one was", async () => {
    const started: string[] = [];
    const one = rig({
      start: async ({ prefer }) => {
        started.push(prefer);
        return ok(device);
      },
      run: () => never,
    });
    await one.client.start({ prefer: "cpu" });
    const run = one.client.run(runRequest);
    one.client.restart();
    expect(await run).toMatchObject({ ok: false, error: { code: "ENGINE_STOPPED" } });
    await vi.waitFor(() => expect(started).toEqual(["cpu", "cpu"]));
  });

  it("is noticed after 15 seconds of silence, replaced twice, and then left alone", async () => {
    const one = rig({ start: async () => ok(device) });
    const stops = (): number => one.events.filter((event) => event.type === "problem").length;
    for (const death of [1, 2, 3]) {
      await one.client.start({ prefer: "webgpu" });
      one.hang();
      const before = one.now;
      await passTime(one, () => stops() === death);
      expect(one.now - before).toBeGreaterThan(15_000);
      expect(one.now - before).toBeLessThan(20_000);
      expect(one.engines).toHaveLength(Math.min(death + 1, 3));
    }
    expect(await one.client.start({ prefer: "webgpu" })).toMatchObject({ error: { code: "ENGINE_STOPPED" } });
  });

  it("for want of its GPU is replaced once its run has told its end", async () => {
    let fail = (): void => undefined;
    const summary = { status: "interrupted" } as RunSummary;
    const one = rig({
      start: async () => ok(device),
      run: () => new Promise((resolve) => void (fail = () => resolve(ok(summary)))),
    });
    await one.client.start({ prefer: "webgpu" });
    const run = one.client.run(runRequest);
    await one.client.start({ prefer: "webgpu" });
    one.engines[0]!.emit({ type: "problem", problem: problem("DEVICE_LOST") });
    await vi.waitFor(() => expect(one.events).toHaveLength(1));
    expect(one.engines).toHaveLength(1);
    fail();
    expect(await run).toEqual(ok(summary));
    expect(one.engines).toHaveLength(2);
    expect(await one.client.start({ prefer: "webgpu" })).toEqual(ok(device));
  });

  it("may be silent for minutes while it compiles shaders", async () => {
    const one = rig({ start: async () => ok(device) });
    await one.client.start({ prefer: "webgpu" });
    const progress = { phase: "compiling shaders" } as Extract<EngineEvent, { type: "progress" }>["progress"];
    one.engines[0]!.emit({ type: "progress", progress });
    await vi.waitFor(() => expect(one.events).toHaveLength(1));
    one.hang();
    await passTime(one, () => one.now > 60_000);
    expect(one.engines).toHaveLength(1);
  });
});
