// Callbacks: pause, step and stop; the end at a NaN; saving; and what is said of progress.
import { beforeAll, describe, expect, it } from "vitest";
import type { Progress } from "../../spec/run";
import { openCpu } from "../../testing/cpuDevice";
import { toyLearner } from "../../testing/toyLearner";
import type { Callback } from "../callback";
import { CancelBatch, CancelEpoch } from "../cancel";
import { createControl } from "../control";
import type { LearnerState } from "../learnerState";
import { progress } from "./progress";
import { save } from "./save";
import { terminateOnNaN } from "./terminateOnNaN";

beforeAll(() => openCpu());

/** Resolves when the loop has had every chance to go on. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A clock that moves 10 ms with every look. */
function ticking(): () => number {
  let time = 0;
  return () => (time += 10);
}

describe("control", () => {
  it("pauses before a batch, does single steps, goes on and counts the pause", async () => {
    let time = 0;
    const states: string[] = [];
    const control = createControl({ clock: () => time, onState: (state) => void states.push(state) });
    const learn = toyLearner();
    const pauseAt: Callback = { name: "pauseAt", afterBatch: ({ step }) => void (step === 2 && control.pause()) };
    const fit = learn.fit(1, 0.01, { callbacks: [control.callback, pauseAt] });
    await expect.poll(() => learn.step).toBe(2);
    await settle();
    expect(learn.step).toBe(2);
    control.step();
    await expect.poll(() => learn.step).toBe(3);
    await settle();
    expect(learn.step).toBe(3);
    time = 500;
    control.resume();
    expect(await fit).toBe("finished");
    expect(learn.step).toBe(6);
    expect(control.pausedMs).toBe(500);
    expect(states).toEqual(["paused", "running"]);
  });

  it("stops a paused fit and keeps the model and its place", async () => {
    const control = createControl({ clock: () => 0 });
    const learn = toyLearner();
    control.pause();
    const fit = learn.fit(1, 0.01, { callbacks: [control.callback], signal: control.signal });
    await settle();
    control.stop();
    expect(await fit).toBe("stopped");
    expect(control.state).toBe("stopping");
    expect(learn.step).toBe(0);
    expect(learn.position).toEqual({ epoch: 0, batch: 0, fitStep: 0 });
  });
});

describe("terminateOnNaN", () => {
  it("ends the fit within ten steps and names the step", async () => {
    const learn = toyLearner({ items: 120 });
    let found = -1;
    const poison: Callback = {
      name: "poison",
      beforeBatch(training) {
        if (training.training && training.step >= 3) training.hyper = { lrs: [1e30, 1e30, 1e30], momentum: 0.9 };
      },
    };
    const outcome = await learn.fit(1, 0.01, { callbacks: [poison, terminateOnNaN((step) => (found = step))] });
    expect(outcome).toBe("stopped");
    expect(found).toBeGreaterThanOrEqual(4);
    expect(learn.step - found).toBeLessThanOrEqual(10);
  });
});

describe("save", () => {
  it("hands over a state after every epoch and in between, from which one can go on", async () => {
    const states: LearnerState[] = [];
    const learn = toyLearner();
    await learn.fit(2, 0.01, { callbacks: [save({ clock: ticking(), every: 60, keep: (state) => void states.push(state) })] }); // prettier-ignore
    const steps = states.map(({ json }) => json.step);
    expect(steps).toContain(6);
    expect(steps.at(-1)).toBe(12);
    expect(steps.length).toBeGreaterThan(2);
    const other = toyLearner();
    other.restore(states[0] as LearnerState);
    await other.fit(2, 0.01, { resume: true });
    expect((await other.state()).tensors).toEqual((await learn.state()).tensors);
  });
});

describe("progress", () => {
  it("names its phases, counts over the run and estimates from this session's steps but the first", async () => {
    const told: Progress[] = [];
    let time = 0;
    const learn = toyLearner({ clock: () => time });
    const slow: Callback = { name: "slow", order: -90, beforeBatch: ({ step }) => void (time += step === 0 ? 5000 : 100) }; // prettier-ignore
    const callback = progress({
      stage: 1,
      stepsBefore: 10,
      stepsTotal: 30,
      clock: () => time,
      pausedMs: () => 0,
      began: -1000,
      gpuBytes: () => null,
      emit: (message) => void told.push(message),
      every: 0,
    });
    await learn.fit(2, 0.01, { callbacks: [slow, callback] });
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(["compiling shaders", "training", "validating"]);
    const last = told.findLast(({ phase }) => phase === "training");
    expect(last).toMatchObject({ stage: 1, epoch: 1, epochs: 2, batch: 6, batches: 6, step: 22, steps: 30, lr: 0.01 });
    // Eight steps, and two validations of which the first took one tick after it had begun.
    expect(last?.left).toBe(8 * 100 + 2 * 100);
    expect(last?.itemsPerSecond).toBe(40);
    expect(told[0]).toMatchObject({ left: null, itemsPerSecond: null, elapsed: 1000 });
  });
});

describe("cancelling", () => {
  it("leaves out a batch, or the rest of an epoch, and goes on after it", async () => {
    const learn = toyLearner();
    const seen: string[] = [];
    const cancel: Callback = {
      name: "cancel",
      beforeBatch({ training, epoch, batch }) {
        if (!training) return;
        if (epoch === 0 && batch === 1) throw new CancelBatch();
        if (epoch === 1 && batch === 2) throw new CancelEpoch();
        seen.push(`${epoch}.${batch}`);
      },
      afterEpoch: ({ epoch, validation }) => void seen.push(`${epoch} ${validation ? "validated" : "cut"}`),
    };
    await learn.fit(3, 0.01, { callbacks: [cancel] });
    expect(seen).toEqual([
      ...["0.0", "0.2", "0.3", "0.4", "0.5", "0 validated"],
      ...["1.0", "1.1", "1 cut"],
      ...["2.0", "2.1", "2.2", "2.3", "2.4", "2.5", "2 validated"],
    ]);
  });
});
