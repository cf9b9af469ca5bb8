// Losses: fastai's numbers, the list that describes them, and what does not count.
import { tensor, tensor1d, tensor2d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { Task } from "../../spec/recipe";
import { defaultsOf, weightsOf } from "../../spec/params";
import { openCpu } from "../../testing/cpuDevice";
import { hasShared, readSharedJson } from "../../testing/shared";
import { uniform } from "../../testing/uniform";
import { lossFor } from "./lossFor";
import { LOSSES } from "./losses";

beforeAll(() => openCpu());

const first = async (t: Tensor): Promise<number> => (await t.data())[0] as number;
const everyWeight = (items: number): Tensor => tensor1d(Array<number>(items).fill(1));

/** Two items of each task, with the model's outputs. */
const examples: Readonly<Record<Task, () => { outputs: Tensor; y: Tensor }>> = {
  singleLabel: () => ({ outputs: tensor2d([[1, 2, 0], [0, 1, 3]]), y: tensor1d([1, 0], "int32") }), // prettier-ignore
  multiLabel: () => ({ outputs: tensor2d([[1, -2, 0], [0, 1, 3]]), y: tensor2d([[1, 0, 0], [0, 1, 1]]) }), // prettier-ignore
  segmentation: () => ({
    outputs: tensor(Array.from({ length: 24 }, (_, i) => (i % 5) / 2), [2, 2, 2, 3]), // prettier-ignore
    y: tensor([0, 1, 2, 1, 0, 0, 2, 1], [2, 2, 2], "int32"),
  }),
  points: () => ({ outputs: tensor2d([[0.5, 1, 0, 0], [0, 0, 0, 0]]), y: tensor([0, 1, 0, -1, 0, 0, 0, 0], [2, 2, 2]) }), // prettier-ignore
  regression: () => ({ outputs: tensor2d([[0.5], [2]]), y: tensor2d([[1], [2]]) }), // prettier-ignore
};

describe("LOSSES", () => {
  it.each(LOSSES.flatMap((entry) => entry.tasks.map((task) => [entry.id, task] as const)))(
    "%s works on the targets of %s and says what each item weighs",
    async (kind, task) => {
      const { outputs, y } = examples[task]();
      const { mean, perItem, share } = lossFor(task, { kind }).compute(outputs, { y, weight: everyWeight(2) });
      const [items, shares] = [[...(await perItem.data())], await share.data()];
      const weighted = items.reduce((sum, loss, i) => sum + loss * (shares[i] as number), 0);
      expect(await first(mean)).toBeCloseTo(weighted / ((shares[0] as number) + (shares[1] as number)), 5);
      expect(lossFor(task, { kind }).activation(outputs).shape).toEqual(outputs.shape);
    },
  );

  it("each task has a default", () => {
    const names = Object.fromEntries(Object.keys(examples).map((task) => [task, lossFor(task as Task).id]));
    expect(names).toEqual({ singleLabel: "crossEntropy", multiLabel: "bce", segmentation: "crossEntropy", points: "mse", regression: "mse" }); // prettier-ignore
  });

  it("reads class weights from text, and refuses what is none", () => {
    expect(weightsOf("1, 2.5,0")).toEqual([1, 2.5, 0]);
    expect(weightsOf(" ")).toEqual([]);
    expect(weightsOf("1, two")).toBeNull();
    expect(weightsOf("1, -2")).toBeNull();
  });

  it("makes each from its own default fields", () => {
    for (const entry of LOSSES) expect(entry.make(defaultsOf(entry.params)).id).toBe(entry.id);
  });
});

describe("values", () => {
  it("points are compared with outputs in the same order: mean squared error over all coordinates", async () => {
    const { outputs, y } = examples.points();
    const { mean, perItem } = lossFor("points").compute(outputs, { y, weight: everyWeight(2) });
    expect([...(await perItem.data())]).toEqual([(0.25 + 1) / 4, 0]);
    expect(await first(mean)).toBe(0.15625);
  });

  it("pixels below 0 and the ignored class do not count, and padding weighs nothing", async () => {
    const outputs = tensor([2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], [2, 1, 3, 2]);
    const y = tensor([0, 1, -1, 0, 0, 0], [2, 1, 3], "int32");
    const loss = lossFor("segmentation", { kind: "crossEntropy", ignore: 1 });
    const { mean, share } = loss.compute(outputs, { y, weight: tensor1d([1, 0]) });
    expect(await first(mean)).toBeCloseTo(Math.log(1 + Math.exp(-2)), 6);
    expect([...(await share.data())]).toEqual([1, 0]);
  });

  it("focal loss with gamma 0 is cross-entropy, and Huber is delta times smooth L1", async () => {
    const { outputs, y } = examples.singleLabel();
    const value = async (task: Task, choice: Parameters<typeof lossFor>[1], o: Tensor, t: Tensor) =>
      await first(lossFor(task, choice).compute(o, { y: t, weight: everyWeight(2) }).mean);
    const plain = await value("singleLabel", undefined, outputs, y);
    expect(await value("singleLabel", { kind: "focal", gamma: 0 }, outputs, y)).toBe(plain);
    const r = examples.regression();
    const smooth = await value("regression", { kind: "smoothL1", beta: 0.3 }, r.outputs, r.y);
    expect(await value("regression", { kind: "huber", delta: 0.3 }, r.outputs, r.y)).toBeCloseTo(0.3 * smooth, 6);
  });

  it("a perfect mask has Dice loss 0, also for a class that is nowhere", async () => {
    const y = tensor([0, 1, 1, 0], [1, 2, 2], "int32");
    const outputs = tensor([50, 0, 0, 0, 50, 0, 0, 50, 0, 50, 0, 0], [1, 2, 2, 3]);
    const loss = lossFor("segmentation", { kind: "dice", crossEntropy: 0 });
    expect(await first(loss.compute(outputs, { y, weight: everyWeight(1) }).mean)).toBeCloseTo(0, 5);
  });

  it.skipIf(!hasShared)("equal fastai's on its inputs", async () => {
    const { losses } = await readSharedJson<{ losses: Record<string, number> }>("reference/training.json");
    const outputs = tensor2d(uniform("c.logits", [64, 7]), [64, 7]);
    const y = tensor1d(Array.from(uniform("c.t", [64]), (u) => Math.min(6, Math.floor((u + 1) * 3.5))), "int32"); // prettier-ignore
    const choices = {
      ce: {},
      ce_weighted: { classWeights: "1,2,3,4,5,6,7" },
      "label_smoothing_0.1": { smoothing: 0.1 },
      ce_ignore_3: { ignore: 3 },
    };
    for (const [name, fields] of Object.entries(choices)) {
      const { mean } = lossFor("singleLabel", { kind: "crossEntropy", ...fields }).compute(outputs, { y, weight: everyWeight(64) }); // prettier-ignore
      // Float32 sums in another order.
      expect([name, await first(mean)]).toEqual([name, expect.closeTo(losses[name] as number, 5)]);
    }
  });
});
