// The learner: the same seed twice, going on where one stopped, freezing, and a finder that leaves no trace.
import { beforeAll, describe, expect, it } from "vitest";
import type { BatchRow, EpochRow } from "../spec/run";
import { liveTensors } from "../tensor/scope";
import { openCpu } from "../testing/cpuDevice";
import { toyLearner } from "../testing/toyLearner";
import type { ClassPredictions } from "./predictAll";
import type { Callback } from "./callback";
import { recorder } from "./callbacks/recorder";
import { CancelFit } from "./cancel";
import type { Learner } from "./learner";
import type { LearnerState } from "./learnerState";

beforeAll(() => openCpu());

function record() {
  const rows: BatchRow[] = [];
  const epochs: EpochRow[] = [];
  const callback = recorder({
    stage: 2,
    clock: () => 0,
    onBatches: (batch) => void rows.push(...batch),
    onEpoch: (row) => void epochs.push(row),
  });
  return { rows, epochs, callback };
}

const values = async (learn: Learner) => (await learn.state()).tensors;

/** Ends the fit after `steps` steps and hands over the state. */
function stopAfter(steps: number, keep: (state: LearnerState) => void): Callback {
  return {
    name: "stopAfter",
    order: 90,
    async afterBatch(learn) {
      if (learn.fitStep !== steps) return;
      keep(await learn.state());
      throw new CancelFit();
    },
  };
}

describe("Learner", () => {
  it("learns, and tells every step and epoch in fastai's words", async () => {
    const [learn, { rows, epochs, callback }] = [toyLearner(), record()];
    expect(await learn.fitOneCycle(4, 0.02, { callbacks: [callback] })).toBe("finished");
    expect(rows.map(({ step }) => step)).toEqual([...Array(24).keys()]);
    expect(rows[0]).toMatchObject({ stage: 2, epoch: 0, lr: expect.closeTo(0.02 / 25, 12), momentum: 0.95 });
    expect(rows[7]).toMatchObject({ epoch: 1, lr: 0.02, momentum: 0.85 });
    expect(rows[0]?.smooth).toBeCloseTo(rows[0]?.loss ?? 0, 12);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([[0, 6], [1, 12], [2, 18], [3, 24]]); // prettier-ignore
    expect(epochs[3]?.trainLoss).toBe(rows[23]?.smooth);
    expect(epochs[3]?.validLoss).toBeLessThan(epochs[0]?.validLoss ?? 0);
    // Three classes told apart by where the picture is bright: far above the majority's third.
    expect(epochs[3]?.metrics[0]).toBeGreaterThan(0.9);
  });

  it("gives the same losses and weights for the same seed, bit for bit, and others for another", async () => {
    const run = async (seed: number) => {
      const [learn, { rows, callback }] = [toyLearner({ seed }), record()];
      await learn.fitOneCycle(2, 0.02, { callbacks: [callback] });
      return { rows, tensors: await values(learn) };
    };
    const first = await run(5);
    expect(await run(5)).toEqual(first);
    expect((await run(6)).rows).not.toEqual(first.rows);
  });

  it.each([4, 6, 9])("goes on after %i steps in a fresh learner as if never stopped, bit for bit", async (steps) => {
    const [straight, told] = [toyLearner(), record()];
    await straight.fitOneCycle(3, { start: 1e-3, stop: 2e-2 }, { callbacks: [told.callback] });

    const [first, second, before, after] = [toyLearner(), toyLearner({ seed: 1 }), record(), record()];
    let saved: LearnerState | null = null;
    const stop = stopAfter(steps, (state) => (saved = state));
    const plan = [3, { start: 1e-3, stop: 2e-2 }] as const;
    expect(await first.fitOneCycle(...plan, { callbacks: [before.callback, stop] })).toBe("stopped");
    const { tensors, json } = saved as unknown as LearnerState;
    // As it comes back from a disk.
    second.restore({ tensors, json: JSON.parse(JSON.stringify(json)) as LearnerState["json"] });
    expect(await second.fitOneCycle(...plan, { callbacks: [after.callback], resume: true })).toBe("finished");

    expect([...before.rows, ...after.rows]).toEqual(told.rows);
    expect([...before.epochs, ...after.epochs]).toEqual(told.epochs);
    expect(await values(second)).toEqual(await values(straight));
  });

  it("goes on in the same learner after a stop", async () => {
    const [straight, learn] = [toyLearner(), toyLearner()];
    await straight.fit(2, 0.01);
    await learn.fit(2, 0.01, { callbacks: [stopAfter(5, () => undefined)] });
    expect(learn.position).toEqual({ epoch: 0, batch: 5, fitStep: 5 });
    await learn.fit(2, 0.01, { resume: true });
    expect(await values(learn)).toEqual(await values(straight));
  });

  it("freezes all but the head and the batch norms", async () => {
    const learn = toyLearner();
    learn.freeze();
    const before = await values(learn);
    await learn.fit(1, 0.01);
    const after = await values(learn);
    const changed = [...before.keys()].filter((name) => {
      const [a, b] = [before.get(name)?.data ?? [], after.get(name)?.data ?? []];
      return a.some((value, i) => value !== b[i]);
    });
    expect(changed.filter((name) => name.startsWith("model.0."))).toEqual(
      ["1.weight", "1.bias", "4.weight", "4.bias", "1.running_mean", "1.running_var", "4.running_mean", "4.running_var"].map((name) => `model.0.${name}`), // prettier-ignore
    );
    expect(changed).toContain("model.1.4.weight");
    expect(learn.optimizer?.parameters.map(({ name, group }) => `${group} ${name}`).slice(0, 5)).toEqual(["0 0.1.weight", "0 0.1.bias", "1 0.4.weight", "1 0.4.bias", "2 1.2.weight"]); // prettier-ignore
  });

  it("a frozen convolution's gradient is not computed", async () => {
    const learn = toyLearner();
    learn.freeze();
    const counts: number[] = [];
    const count: Callback = { name: "count", afterBackward: ({ gradients }) => void counts.push(gradients.length) };
    await learn.fit(1, 0.01, { callbacks: [count] });
    expect(new Set(counts)).toEqual(new Set([learn.model.parameters().length - 2]));
  });

  it("starts a new optimizer when something is frozen or thawed, and keeps it between fits", async () => {
    const learn = toyLearner();
    await learn.fit(1, 0.01);
    const first = learn.optimizer;
    await learn.fit(1, 0.01);
    expect(learn.optimizer).toBe(first);
    learn.unfreeze();
    expect(learn.optimizer).toBeNull();
  });

  it("holds the same number of tensors after every step and after every fit", async () => {
    const learn = toyLearner();
    const counts: number[] = [];
    const count: Callback = { name: "count", afterBatch: () => void counts.push(liveTensors()) };
    await learn.fit(2, 0.01, { callbacks: [count] });
    expect(new Set(counts).size).toBe(1);
    const between = liveTensors();
    await learn.fit(1, 0.01);
    await learn.validate();
    await learn.predict();
    await learn.state();
    expect(liveTensors()).toBe(between);
  });

  it("frees everything in the end", async () => {
    const before = liveTensors();
    const learn = toyLearner();
    await learn.fit(1, 0.01);
    learn.freeze();
    await learn.fit(1, 0.01);
    learn.dispose();
    expect(liveTensors()).toBe(before);
  });
});

describe("a batch of one", () => {
  it("is refused in words, as PyTorch refuses it, and leaves no tensor behind", async () => {
    const learn = toyLearner({ batchSize: 1 });
    await learn.state();
    const before = liveTensors();
    await expect(learn.fit(1, 0.01)).rejects.toMatchObject({ problem: { items: ["data.batchSize"] } });
    learn.freezeTo(0);
    expect(liveTensors()).toBe(before);
  });
});

describe("predict", () => {
  it("gives every real item once, with probabilities that sum to one and the loss they mean", async () => {
    const learn = toyLearner();
    await learn.fit(1, 0.01);
    const { items, targets, probabilities, losses, classes } = (await learn.predict()) as ClassPredictions;
    expect([...items]).toEqual([24, 25, 26, 27, 28]);
    expect([...targets]).toEqual([...items].map((item) => item % 3));
    targets.forEach((target, i) => {
      const row = probabilities.subarray(i * classes, (i + 1) * classes);
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 6);
      expect(losses[i]).toBeCloseTo(-Math.log(row[target] as number), 5);
    });
    const { loss } = await learn.validate();
    expect(loss).toBeCloseTo(losses.reduce((sum, value) => sum + value, 0) / losses.length, 6);
  });

  it("gives 0/1 targets for several labels", async () => {
    const learn = toyLearner({ task: "multiLabel" });
    await learn.fit(1, 0.01);
    const { targets, classes } = (await learn.predict()) as ClassPredictions;
    expect([...targets.subarray(0, 2 * classes)]).toEqual([1, 0, 0, 0, 1, 0]);
  });
});
