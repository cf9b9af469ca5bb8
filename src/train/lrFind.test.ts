// The range test: fastai's rates, its stop rule, and no trace left behind.
import { beforeAll, describe, expect, it } from "vitest";
import { hasShared, readSharedJson } from "../testing/shared";
import { openCpu } from "../testing/cpuDevice";
import { toyLearner } from "../testing/toyLearner";
import { createControl } from "./control";

beforeAll(() => openCpu());

describe("lrFind", () => {
  it("leaves weights, statistics, optimizer, counters and random streams as they were, bit for bit", async () => {
    const [searched, plain] = [toyLearner(), toyLearner()];
    for (const learn of [searched, plain]) await learn.fit(1, 0.01);
    const before = await searched.state();
    await searched.lrFind({ steps: 15 });
    expect(await searched.state()).toEqual(before);
    for (const learn of [searched, plain]) await learn.fitOneCycle(1, 0.01);
    expect(await searched.state()).toEqual(await plain.state());
  });

  it("leaves no optimizer where there was none", async () => {
    const learn = toyLearner();
    await learn.lrFind({ steps: 6 });
    expect(learn.optimizer).toBeNull();
    expect(learn.step).toBe(0);
  });

  it("stops right after the smoothed loss passes four times its best, whatever arrives late", async () => {
    const { lrs, losses, stopped } = await toyLearner().lrFind({ end: 1e4 });
    expect(stopped).toBe("diverged");
    expect(lrs.length).toBe(losses.length);
    const bestBefore = losses.map((_, i) => Math.min(...losses.slice(0, i + 1)));
    const exploded = losses.map((loss, i) => loss > 4 * (bestBefore[i] as number));
    expect(exploded.indexOf(true)).toBe(losses.length - 1);
  });

  it("runs all its steps where nothing explodes, and the same twice", async () => {
    const search = () => toyLearner().lrFind({ start: 1e-6, end: 1e-4, steps: 20, stage: 3 });
    const result = await search();
    expect(result).toMatchObject({ stopped: "finished", stage: 3 });
    expect(result.lrs).toHaveLength(20);
    expect(await search()).toEqual(result);
  });

  it("can be stopped, and still restores", async () => {
    const learn = toyLearner();
    const before = await learn.state();
    const control = createControl({ clock: () => 0 });
    const stop = { name: "stopper", afterBatch: ({ fitStep }: { fitStep: number }) => void (fitStep === 3 && control.stop()) }; // prettier-ignore
    const result = await learn.lrFind({ callbacks: [control.callback, stop], signal: control.signal });
    expect(result.lrs).toHaveLength(3);
    expect(await learn.state()).toEqual(before);
  });

  it.skipIf(!hasShared)("tries fastai's learning rates", async () => {
    const { lr_find_lrs } = await readSharedJson<{ lr_find_lrs: number[] }>("reference/training.json");
    const { lrs } = await toyLearner().lrFind();
    expect(lrs.length).toBeGreaterThan(50);
    lrs.forEach((lr, i) => expect(Math.abs(lr / (lr_find_lrs[i] as number) - 1)).toBeLessThan(1e-9));
  });
});
