// A run on the processor: stages, pause, step, stop, exact resume, and what goes wrong on the way.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ProblemError } from "../base/problem";
import { unwrap } from "../base/result";
import type { DataLoaders } from "../data/batch";
import type { EngineEvent, RunRequest } from "../rpc/protocol";
import { problem } from "../spec/problems";
import type { Recipe, Stage } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";
import type { BatchRow } from "../spec/run";
import { memoryStore } from "../storage/memoryStore";
import { createSlots } from "../storage/slots";
import type { Device } from "../tensor/device";
import { liveTensors } from "../tensor/scope";
import { openCpu } from "../testing/cpuDevice";
import { Learner } from "../train/learner";
import { toyData } from "../testing/toyData";
import { checkpointKeeper } from "./checkpointKeeper";
import { createSession, type Session } from "./session";
import type { ByteStore } from "../storage/byteStore";

const shapes = RECIPES["shapes"]!;

/** A recipe of our toy pictures: 6 steps an epoch. */
function recipeOf(stages: readonly Stage[]): Recipe {
  return {
    ...shapes,
    data: { ...shapes.data, transforms: [{ kind: "resize", size: 8, method: "squish" }], batchSize: 4 },
    model: { ...shapes.model, options: { width: 8, depth: 1, stem: 1 }, head: { lin: [8], dropout: 0.2 } },
    train: { ...shapes.train, stages: [...stages] },
  };
}

interface Rig {
  readonly session: Session;
  readonly events: EngineEvent[];
  readonly rows: () => BatchRow[];
  /** Called before each training batch with the epoch of the data and the batch in it. */
  onBatch: (epoch: number, batch: number) => void;
}

/** Toy pictures whose loader tells of every batch. */
function watched(size: number, tell: Rig["onBatch"]): DataLoaders {
  const data = toyData({ size });
  const epoch: DataLoaders["train"]["epoch"] = async function* (number, options) {
    let batch = options?.fromBatch ?? 0;
    for await (const one of data.train.epoch(number, options)) {
      tell(number, batch);
      batch += 1;
      yield one;
    }
  };
  return { ...data, train: { ...data.train, epoch } };
}

/** A fresh session over a store, as after a reload. */
function rig(
  files: ByteStore = memoryStore(),
  listen: (event: EngineEvent) => void = () => undefined,
  loaders?: (recipe: Recipe) => Promise<DataLoaders>,
): Rig {
  const events: EngineEvent[] = [];
  const keeper = checkpointKeeper(createSlots(files, "checkpoint"), () => performance.now());
  const session = createSession({
    emit(event) {
      events.push(event);
      listen(event);
    },
    clock: () => performance.now(),
    checkpoints: async () => keeper,
    loaders:
      loaders ??
      (async ({ data }) => watched(Number(data.transforms[0]?.["size"]), (epoch, batch) => made.onBatch(epoch, batch))),
    weights: () => null,
    sourceName: () => "toys",
  });
  sessions.push(session);
  const rows = (): BatchRow[] => events.flatMap((event) => (event.type === "batches" ? [...event.rows] : []));
  const made: Rig = { session, events, rows, onBatch: () => undefined };
  return made;
}

const request = (recipe: Recipe, more: Partial<RunRequest> = {}): RunRequest => ({
  runId: "r1",
  recipe,
  from: 0,
  to: recipe.train.stages.length,
  resume: false,
  ...more,
});

const fit = (epochs: number): Stage => ({ do: "fitOneCycle", epochs, lr: 0.01 });
const sessions: Session[] = [];
let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
beforeEach(() => sessions.splice(0).forEach((session) => session.forget()));
afterAll(() => device.close());

describe("a session", () => {
  it("goes back to its last save and on with half as many pictures at once when memory runs out", async () => {
    const one = rig();
    let left = 1;
    one.onBatch = (epoch, batch) => {
      if (epoch !== 1 || batch !== 2 || left === 0) return;
      left -= 1;
      expect(one.session.abort(problem("DEVICE_MEMORY"))).toBe(true);
    };
    const summary = unwrap(await one.session.run(request(recipeOf([fit(1), fit(1)]))));
    expect(summary).toMatchObject({ status: "finished", steps: 12, problem: null, atOnce: 2 });
    expect(summary.epochs.map(({ stage, step }) => [stage, step])).toEqual([[0, 6], [1, 12]]); // prettier-ignore
    const told = one.events.flatMap((event) => (event.type === "problem" ? [event.problem] : []));
    expect(told.map(({ code }) => code)).toEqual(["MEMORY_HALVED"]);
    expect(told[0]?.detail).toContain("2 at a time");
    expect(told[0]?.mend[1]?.action).toMatchObject({ do: "setRecipe", path: "train.memory" });
  });

  it("ends where the network needs as many pictures as do not fit", async () => {
    const one = rig();
    one.onBatch = () => void one.session.abort(problem("DEVICE_MEMORY"));
    const summary = unwrap(await one.session.run(request(recipeOf([fit(1)]))));
    expect(summary).toMatchObject({ status: "failed", problem: { code: "DEVICE_MEMORY" }, atOnce: 2 });
    expect(one.session.abort(problem("DEVICE_MEMORY"))).toBe(false);
  });

  it("takes a recipe through its stages and says how it went", async () => {
    const { session, events, rows } = rig();
    const recipe = recipeOf([{ do: "freeze" }, fit(1), { do: "unfreeze" }, { do: "fit", epochs: 1, lr: { start: 1e-4, stop: 1e-3 } }]); // prettier-ignore
    const summary = unwrap(await session.run(request(recipe)));
    expect(summary).toMatchObject({ status: "finished", steps: 12, nextStage: 4, problem: null, seed: recipe.seed });
    expect(summary.epochs.map(({ stage, epoch, step }) => [stage, epoch, step])).toEqual([[1, 0, 6], [3, 0, 12]]); // prettier-ignore
    expect(summary.metrics.map(({ id }) => id)).toEqual(["accuracy", "errorRate"]);
    expect(rows().map(({ step }) => step)).toEqual([...Array(12).keys()]);
    expect(events.filter(({ type }) => type === "stage")).toHaveLength(8);
    expect(events.at(-1)).toEqual({ type: "runState", runId: "r1", state: "idle" });
  });

  it("changes the picture size on the way", async () => {
    const { session } = rig();
    const summary = unwrap(await session.run(request(recipeOf([fit(1), { do: "setSize", size: 16 }, fit(1)]))));
    expect(summary).toMatchObject({ status: "finished", steps: 12 });
  });

  it("goes on with the same model when later stages are asked for, and refuses when it is another one", async () => {
    const { session } = rig();
    const recipe = recipeOf([fit(1), fit(1)]);
    expect(unwrap(await session.run(request(recipe, { to: 1 }))).nextStage).toBe(1);
    const other = { ...recipe, seed: 1 };
    expect(await session.run(request(other, { from: 1 }))).toMatchObject({ error: { code: "RUN_NOT_STARTED" } });
    expect(unwrap(await session.run(request(recipe, { from: 1 })))).toMatchObject({ steps: 12, nextStage: 2 });
  });

  it("names every choice that does not fit, and starts nothing", async () => {
    const { session, events } = rig();
    const wrong = { ...recipeOf([fit(1)]), metrics: [{ kind: "accuracy" }, { kind: "fbeta", thresh: 7 }] };
    const answer = await session.run(request(wrong));
    expect(answer).toMatchObject({ ok: false, error: { code: "RECIPE_FIELDS" } });
    expect(!answer.ok && answer.error.items).toEqual([
      "metrics.1.thresh must lie between 0 and 1",
      "metrics.1: F-beta does not measure this task",
    ]);
    expect(events).toEqual([]);
  });

  it("repeats itself bit for bit", async () => {
    const [one, two] = [rig(), rig()];
    const recipe = recipeOf([fit(2)]);
    await one.session.run(request(recipe));
    await two.session.run(request(recipe));
    const losses = one.rows().map(({ loss }) => loss);
    expect(losses).toHaveLength(12);
    expect(two.rows().map(({ loss }) => loss)).toEqual(losses);
  });

  it("leaves no tensor behind when its model is given up", async () => {
    const { session } = rig();
    const before = liveTensors();
    await session.run(request(recipeOf([fit(1)])));
    session.forget();
    expect(liveTensors()).toBe(before);
  });
});

describe("control", () => {
  it("pauses between two steps, takes single steps, lets others at the model meanwhile, and goes on", async () => {
    let at = 0;
    const { session, events, rows } = rig(memoryStore(), (event) => {
      if (event.type === "epoch" && event.row.epoch === 0) session.control("pause");
      if (event.type === "runState" && event.state === "paused" && at === 0) {
        at = 1;
        void whilePaused();
      }
    });
    const seen: number[] = [];
    const whilePaused = async (): Promise<void> => {
      const steps = async () => {
        const answer = await session.withLearner(async ({ learner }) => {
          await learner.predict();
          return learner.step;
        });
        seen.push(unwrap(answer));
      };
      await steps();
      session.control("step");
      session.control("step");
      await expect.poll(async () => (await steps(), seen.at(-1))).toBe(8);
      session.control("resume");
    };
    const summary = unwrap(await session.run(request(recipeOf([fit(2)]))));
    expect(summary).toMatchObject({ status: "finished", steps: 12 });
    expect(seen[0]).toBe(6);
    const undisturbed = rig();
    await undisturbed.session.run(request(recipeOf([fit(2)])));
    expect(rows().map(({ loss }) => loss)).toEqual(undisturbed.rows().map(({ loss }) => loss));
    const phases = events.flatMap((event) => (event.type === "progress" ? [event.progress.phase] : []));
    expect(phases).toContain("paused");
    expect(phases.at(-1)).toBe("validating");
    expect(events.filter(({ type }) => type === "checkpoint").length).toBeGreaterThan(2);
  });

  it("stops after the batch at hand and keeps the model", async () => {
    const { session } = rig(memoryStore(), (event) => {
      if (event.type === "epoch") session.control("stop");
    });
    const summary = unwrap(await session.run(request(recipeOf([fit(3)]))));
    expect(summary).toMatchObject({ status: "stopped", nextStage: 0, steps: 6 });
    expect(unwrap(await session.withLearner(({ learner }) => learner.predict())).items).toHaveLength(5);
  });
});

describe("work that is still at a model", () => {
  it("ends with the numbers of that model when the next run is asked for", async () => {
    const one = rig();
    await one.session.run(request(recipeOf([fit(1)])));
    const expected = unwrap(await one.session.withLearner(({ learner }) => learner.predict()));
    const slow = one.session.withLearner(async ({ learner }) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return learner.predict();
    });
    const next = one.session.run(request(recipeOf([fit(1)]), { runId: "r2" }));
    expect(unwrap(await slow)).toEqual(expected);
    expect(unwrap(await next)).toMatchObject({ runId: "r2", status: "finished" });
  });

  it("does not hold up the end of a run, which is kept all the same", async () => {
    let free: (() => void) | undefined;
    const freed = new Promise<void>((resolve) => (free = resolve));
    const files = memoryStore();
    let asked: Promise<unknown> | undefined;
    const one = rig(files, (event) => {
      // After the only epoch there is no step before which this could be done.
      if (event.type === "epoch") asked = one.session.withLearner(({ learner }) => freed.then(() => learner.predict()));
    });
    expect(unwrap(await one.session.run(request(recipeOf([fit(1)]))))).toMatchObject({ status: "finished" });
    const kept = (await checkpointKeeper(createSlots(files, "checkpoint"), () => 0).load()).checkpoint;
    expect(kept?.notes).toMatchObject({ state: "ended", stage: 1 });
    free?.();
    expect(await asked).toMatchObject({ ok: true });
  });
});

describe("a stop while the pictures are still being read", () => {
  it("ends the run at once", async () => {
    const { session } = rig(memoryStore(), undefined, () => new Promise(() => undefined));
    const run = session.run(request(recipeOf([fit(1)])));
    session.control("stop");
    expect(await run).toMatchObject({ ok: false, error: { code: "RUN_CANCELLED" } });
    await session.stop();
  });
});

describe("resume", () => {
  it("in the middle of an epoch goes on with exactly the losses of an undisturbed run", async () => {
    const recipe = recipeOf([{ do: "freeze" }, fit(1), { do: "unfreeze" }, fit(2)]);
    const whole = rig();
    await whole.session.run(request(recipe));

    const files = memoryStore();
    const cut = rig(files);
    cut.onBatch = (epoch, batch) => {
      if (epoch === 2 && batch === 3) cut.session.control("stop");
    };
    expect(unwrap(await cut.session.run(request(recipe)))).toMatchObject({
      status: "stopped",
      steps: 15,
      nextStage: 3,
    });

    const later = rig(files);
    const summary = unwrap(await later.session.run(request(recipe, { resume: true })));
    expect(summary).toMatchObject({ status: "finished", steps: 18, nextStage: 4 });
    const expected = whole.rows().slice(15);
    expect(later.rows().map(({ step, loss, lr, smooth }) => ({ step, loss, lr, smooth }))).toEqual(
      expected.map(({ step, loss, lr, smooth }) => ({ step, loss, lr, smooth })),
    );
    const plain = (epochs: typeof summary.epochs) => epochs.map((row) => ({ ...row, seconds: 0 }));
    expect(plain(summary.epochs)).toEqual(plain(whole.events.flatMap((event) => (event.type === "epoch" ? [event.row] : [])))); // prettier-ignore
  });

  it("refuses a run that is not kept", async () => {
    const { session } = rig();
    const answer = await session.run(request(recipeOf([fit(1)]), { resume: true }));
    expect(answer).toMatchObject({ ok: false, error: { code: "RUN_NOT_STARTED" } });
  });
});

describe("a model of an earlier visit", () => {
  it("can be looked at without training, and is the one that was kept", async () => {
    const files = memoryStore();
    const first = rig(files);
    const recipe = recipeOf([fit(1), fit(1)]);
    await first.session.run(request(recipe, { to: 1 }));
    const expected = unwrap(await first.session.withLearner(({ learner }) => learner.predict()));
    const later = rig(files);
    const found = unwrap(await later.session.withLearner(async ({ learner, runId }) => ({ runId, predictions: await learner.predict() }))); // prettier-ignore
    expect(found).toEqual({ runId: "r1", predictions: expected });
    expect(unwrap(await later.session.run(request(recipe, { from: 1 })))).toMatchObject({ steps: 12, nextStage: 2 });
  });

  it("needs no weight file again", async () => {
    const files = memoryStore();
    const recipe = recipeOf([fit(1)]);
    await rig(files).session.run(request(recipe));
    const keeper = checkpointKeeper(createSlots(files, "checkpoint"), () => 0);
    const kept = (await keeper.load()).checkpoint!;
    const fromFile = {
      ...recipe,
      model: { ...recipe.model, weights: { kind: "file", name: "w.safetensors" } as const },
    };
    await keeper.keep({ ...kept, notes: { ...kept.notes, recipe: fromFile } });
    expect(unwrap(await rig(files).session.withLearner(async (live) => live.recipe.model.weights))).toMatchObject({ name: "w.safetensors" }); // prettier-ignore
  });

  it("is not offered again once it was left", async () => {
    const files = memoryStore();
    const { session } = rig(files, (event) => {
      if (event.type === "epoch") session.abort(problem("DEVICE_LOST"));
    });
    await session.run(request(recipeOf([fit(2)])));
    const state = async () =>
      (await checkpointKeeper(createSlots(files, "checkpoint"), () => 0).load()).checkpoint?.notes.state;
    expect(await state()).toBe("running");
    await rig(files).session.leave();
    expect(await state()).toBe("ended");
  });

  it("says so where there is none", async () => {
    const answer = await rig().session.withLearner(async () => 1);
    expect(answer).toMatchObject({ ok: false, error: { code: "RUN_NOT_STARTED" } });
  });
});

describe("a loss that is no number", () => {
  it("stops the run, goes back to finite weights, and offers a tenth of the learning rate", async () => {
    const { session } = rig();
    const recipe = recipeOf([fit(1), { do: "fit", epochs: 3, lr: 1e30 }]);
    const summary = unwrap(await session.run(request(recipe)));
    expect(summary).toMatchObject({ status: "failed", problem: { code: "LOSS_NOT_FINITE" } });
    expect(summary.problem?.mend[0]?.action).toEqual({ do: "setRecipe", path: "train.stages.1.lr", value: 1e29 });
    const state = unwrap(await session.withLearner(({ learner }) => learner.state()));
    for (const { data } of state.tensors.values()) expect(data.every(Number.isFinite)).toBe(true);
    const mended = {
      ...recipe,
      train: { ...recipe.train, stages: [fit(1), { do: "fit", epochs: 3, lr: 1e-3 } as const] },
    };
    const goneOn = unwrap(await session.run(request(mended, { resume: true })));
    expect(goneOn).toMatchObject({ status: "finished", nextStage: 2 });
  });
});

describe("a device that breaks", () => {
  const recipe = recipeOf([fit(2)]);

  it("ends the run as interrupted, with its checkpoint kept", async () => {
    const files = memoryStore();
    const { session } = rig(files, (event) => {
      if (event.type === "epoch" && event.row.epoch === 0) session.abort(problem("DEVICE_LOST"));
    });
    const summary = unwrap(await session.run(request(recipe)));
    expect(summary).toMatchObject({ status: "interrupted", problem: { code: "DEVICE_LOST" } });
    const goneOn = unwrap(await rig(files).session.run(request(recipe, { resume: true })));
    expect(goneOn).toMatchObject({ status: "finished", steps: 12 });
  });

  it("also while the last weights are read: the run ends, and the one before is kept", async () => {
    const files = memoryStore();
    const state = vi.spyOn(Learner.prototype, "state");
    const { session, events } = rig(files, (event) => {
      if (event.type === "stage" && event.state === "finished")
        state.mockRejectedValueOnce(new ProblemError(problem("DEVICE_LOST")));
    });
    const summary = unwrap(await session.run(request(recipe)));
    state.mockRestore();
    expect(summary).toMatchObject({ status: "interrupted", problem: { code: "DEVICE_LOST" } });
    expect(events.at(-1)).toMatchObject({ type: "runState", state: "idle" });
    const goneOn = unwrap(await rig(files).session.run(request(recipe, { resume: true })));
    expect(goneOn).toMatchObject({ status: "finished", steps: 12 });
  });
});
