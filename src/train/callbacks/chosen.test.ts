// The callbacks that a recipe can choose: each one's effect, and that a resumed fit goes on as if never stopped.
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import { evenClasses, thinClasses } from "../../data/sampler";
import { BatchNorm } from "../../nn/layers/batchNorm";
import { sgd } from "../../optim/sgd";
import { defaultsOf } from "../../spec/params";
import type { ParamValue } from "../../spec/params";
import { openCpu } from "../../testing/cpuDevice";
import { toyLearner } from "../../testing/toyLearner";
import type { Callback, Validation } from "../callback";
import { CancelFit } from "../cancel";
import type { Learner } from "../learner";
import type { LearnerState } from "../learnerState";
import { CALLBACKS } from "./callbacks";
import { mixingShare } from "./mixup";

beforeAll(() => openCpu());

function make(id: string, fields: Record<string, ParamValue> = {}): Callback {
  const entry = CALLBACKS.find((one) => one.id === id);
  const callback = entry?.make({ ...defaultsOf(entry.params), ...fields }, { seed: 5, metrics: [] });
  if (!callback) throw new Error(id);
  return callback;
}

/** Pretends that the epochs were validated like this. */
const validLosses = (losses: readonly number[]): Callback => ({
  name: "validLosses",
  // Before everything that looks at them.
  order: -95,
  afterEpoch(learn) {
    const loss = losses[learn.epoch] ?? null;
    Object.assign(learn, { validation: { loss, metrics: [loss, loss] } satisfies Validation });
  },
});

const weightsOf = async (learn: Learner): Promise<LearnerState["tensors"]> => {
  const { tensors } = await learn.state();
  return new Map([...tensors].filter(([name]) => name.startsWith("model.")));
};

/** Stops after so many steps, takes the state over into a fresh learner and ends the fit there. */
async function interrupted(callbacks: () => readonly Callback[], after: number, begin = toyLearner): Promise<Learner> {
  const stop: Callback = { name: "stop", order: 90, afterBatch({ step, training }) { if (training && step === after) throw new CancelFit(); } }; // prettier-ignore
  const first = begin();
  expect(await first.fit(2, 0.05, { callbacks: [...callbacks(), stop] })).toBe("stopped");
  const second = begin();
  second.restore(await first.state());
  expect(await second.fit(2, 0.05, { callbacks: callbacks(), resume: true })).toBe("finished");
  return second;
}

describe("saveModel", () => {
  it("puts the model of the best epoch back at the end", async () => {
    const learn = toyLearner();
    const seen: LearnerState["tensors"][] = [];
    const look: Callback = { name: "look", afterEpoch: async () => void seen.push(await weightsOf(learn)) };
    await learn.fit(3, 0.05, { callbacks: [look, validLosses([0.5, 0.2, 0.4]), make("saveModel")] });
    expect(await weightsOf(learn)).toEqual(seen[1]);
    expect(seen[2]).not.toEqual(seen[1]);
  });

  it("knows from a metric that higher is better, and is not fooled by NaN", async () => {
    const learn = toyLearner();
    const seen: LearnerState["tensors"][] = [];
    const look: Callback = { name: "look", afterEpoch: async () => void seen.push(await weightsOf(learn)) };
    await learn.fit(3, 0.05, { callbacks: [look, validLosses([0.5, 0.9, NaN]), make("saveModel", { monitor: "accuracy" })] }); // prettier-ignore
    expect(await weightsOf(learn)).toEqual(seen[1]);
  });

  it("still has the best model after going on elsewhere", async () => {
    const callbacks = () => [validLosses([0.1, 0.9]), make("saveModel")];
    const whole = toyLearner();
    await whole.fit(2, 0.05, { callbacks: callbacks() });
    expect(await weightsOf(await interrupted(callbacks, 8))).toEqual(await weightsOf(whole));
  });
});

describe("earlyStopping", () => {
  it("lets so many epochs pass and ends the fit as a finished one", async () => {
    const learn = toyLearner();
    const losses = [0.5, 0.4, 0.45, 0.41, 0.1, 0.1];
    const outcome = await learn.fit(6, 0.01, { callbacks: [validLosses(losses), make("earlyStopping", { patience: 1 })] }); // prettier-ignore
    expect(outcome).toBe("finished");
    expect(learn.step).toBe(4 * 6);
    expect(learn.position).toBeNull();
  });

  it("changes smaller than the smallest improvement do not count", async () => {
    const learn = toyLearner();
    const early = make("earlyStopping", { patience: 0, minDelta: 0.1 });
    await learn.fit(4, 0.01, { callbacks: [validLosses([0.5, 0.3, 0.25, 0.1]), early] });
    expect(learn.step).toBe(3 * 6);
  });
});

describe("reduceLrOnPlateau", () => {
  it("lowers what the schedule says, again and again, but not below the lowest rate", async () => {
    const learn = toyLearner();
    const lrs: number[] = [];
    const look: Callback = { name: "look", afterStep: ({ hyper, batch }) => void (batch === 0 && lrs.push(hyper.lrs[0] ?? 0)) }; // prettier-ignore
    const plateau = make("reduceLrOnPlateau", { patience: 0, factor: 0.1, minLr: 1e-4 });
    await learn.fit(5, 0.01, { callbacks: [look, validLosses([0.5, 0.6, 0.4, 0.5, 0.6]), plateau] });
    expect(lrs.map((lr) => lr.toExponential(1))).toEqual(["1.0e-2", "1.0e-2", "1.0e-3", "1.0e-3", "1.0e-4"]);
  });
});

describe("accumulate", () => {
  /** Without batch norm's own view of a batch, three batches of four are one batch of twelve. */
  const still: Callback = { name: "still", order: 5, beforeBatch({ model }) { model.eval(); } }; // prettier-ignore
  const inOrder = (batchSize: number) => toyLearner({ batchSize, items: 12, dropout: 0, optimizer: sgd({ wd: 0 }) });

  it("one step of three batches is the step of one batch of three times the size", async () => {
    const [small, large] = [inOrder(4), inOrder(12)];
    await small.fit(1, 0.1, { callbacks: [still, make("accumulate", { batches: 3 })] });
    await large.fit(1, 0.1, { callbacks: [still] });
    expect([small.optimizer?.steps, small.step, large.optimizer?.steps]).toEqual([1, 3, 1]);
    const [a, b] = [await weightsOf(small), await weightsOf(large)];
    for (const [name, { data }] of a) data.forEach((value, i) => expect(Math.abs(value - (b.get(name)?.data[i] ?? NaN)), name).toBeLessThan(1e-6)); // prettier-ignore
  });

  it("what is left at the end of an epoch makes a step", async () => {
    const learn = toyLearner();
    await learn.fit(2, 0.01, { callbacks: [make("accumulate", { batches: 4 })] });
    expect(learn.optimizer?.steps).toBe(2 * 2);
  });

  it("goes on with half a sum", async () => {
    const callbacks = () => [make("accumulate", { batches: 4 })];
    const whole = toyLearner();
    await whole.fit(2, 0.05, { callbacks: callbacks() });
    expect((await (await interrupted(callbacks, 3)).state()).tensors).toEqual((await whole.state()).tensors);
  });
});

describe("mixup", () => {
  it.each(["singleLabel", "multiLabel"] as const)(
    "blends pictures and answers of %s, the same for a seed",
    async (task) => {
      const losses = async (alpha: number, seed = 5) => {
        const entry = CALLBACKS.find(({ id }) => id === "mixup");
        const mix = entry?.make({ alpha }, { seed, metrics: [] }) as Callback;
        const found: number[] = [];
        const look: Callback = { name: "look", afterLosses: (_, __, rows) => void found.push(...rows) };
        await toyLearner({ task }).fit(1, 0.01, { callbacks: [mix, look] });
        return found;
      };
      const mixed = await losses(0.4);
      expect(await losses(0.4)).toEqual(mixed);
      expect(await losses(0.4, 6)).not.toEqual(mixed);
      expect(mixed.every(Number.isFinite)).toBe(true);
    },
  );

  it("with hardly any blending is training as it was", async () => {
    const run = async (callbacks: readonly Callback[]) => {
      const learn = toyLearner();
      await learn.fit(1, 0.01, { callbacks });
      return (await weightsOf(learn)).get("model.0.0.weight")?.data;
    };
    const [plain, mixed] = [await run([]), await run([make("mixup", { alpha: 0.0001 })])];
    plain?.forEach((value, i) => expect(mixed?.[i]).toBeCloseTo(value, 4));
  });

  it("shares follow Beta(α, α): between a half and one, on average as they should", () => {
    const rng = createRng("mixing");
    const shares = Array.from({ length: 4000 }, () => mixingShare(0.4, rng));
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.5);
    // E|X − ½| of Beta(a, a) is 2a^2a / (B(a, a)·(2a)^(2a+1)), 0.3398 for 0.4; its mean's standard error here is 0.0025.
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(Math.abs(mean - 0.8398)).toBeLessThan(0.01);
  });
});

describe("bnFreeze", () => {
  it("norms of frozen layers neither learn nor gather statistics; those of the head do", async () => {
    const learn = toyLearner();
    learn.freeze();
    const before = await weightsOf(learn);
    await learn.fit(1, 0.05, { callbacks: [make("bnFreeze")] });
    const after = await weightsOf(learn);
    const moved = [...after].filter(([name, { data }]) => data.join() !== before.get(name)?.data.join()).map(([name]) => name); // prettier-ignore
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every((name) => name.startsWith("model.1."))).toBe(true);
    expect(learn.model.namedModules().some(([, module]) => module instanceof BatchNorm)).toBe(true);
  });
});

describe("evenClasses", () => {
  it("every class comes up equally often, by seed and epoch", () => {
    const classOf = (item: number) => (item < 90 ? "many" : "few");
    const sampler = evenClasses([...Array(100).keys()], classOf, 3);
    const order = sampler.order(0);
    expect(order).toHaveLength(180);
    expect(sampler.order(0)).toEqual(order);
    expect(sampler.order(1)).not.toEqual(order);
    // Binomial with n = 180: three standard deviations are 20.
    expect(Math.abs(order.filter((item) => classOf(item) === "few").length - 90)).toBeLessThan(20);
  });

  it("common classes are thinned to the size of the smallest, with other items each epoch and none twice", () => {
    const classOf = (item: number) => (item < 90 ? "many" : "few");
    const sampler = thinClasses([...Array(100).keys()], classOf, 3);
    const orders = [sampler.order(0), sampler.order(1)];
    for (const order of orders) {
      expect(new Set(order).size).toBe(20);
      expect(order.filter((item) => classOf(item) === "few")).toHaveLength(10);
    }
    expect(orders[0]).not.toEqual(orders[1]);
    expect(sampler.order(0)).toEqual(orders[0]);
  });
});
