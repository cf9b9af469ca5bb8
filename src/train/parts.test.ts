// A step in parts is the step of the whole batch: cut evenly, weighed by what counts, with nothing left behind.
import { tensor1d, tensor3d, tensor4d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import type { Batch, DataLoaders } from "../data/batch";
import { kaimingNormal } from "../nn/init";
import { Conv2d } from "../nn/layers/conv2d";
import { ReLU } from "../nn/layers/relu";
import { Sequential } from "../nn/layers/sequential";
import { lossFor } from "../nn/losses/lossFor";
import { Module, type Shape, type Visit } from "../nn/module";
import type { GroupedModel, LayerGroup } from "../nn/models/cnn";
import { sgd } from "../optim/sgd";
import { liveTensors } from "../tensor/scope";
import { openCpu } from "../testing/cpuDevice";
import { toyLearner } from "../testing/toyLearner";
import { uniform } from "../testing/uniform";
import type { Choice } from "../spec/recipe";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Callback } from "./callback";
import { CALLBACKS } from "./callbacks/callbacks";
import { Learner } from "./learner";
import { cutBatch } from "./parts";

beforeAll(() => openCpu());

const [BATCH, SIZE, CLASSES] = [6, 8, 4];

describe("cutBatch", () => {
  it.each([
    [8, Infinity, [[0, 8]]],
    [8, 8, [[0, 8]]],
    [8, 4, [[0, 4], [4, 4]]],
    [8, 3, [[0, 2], [2, 3], [5, 3]]],
    [5, 2, [[0, 1], [1, 2], [3, 2]]],
    [3, 0, [[0, 1], [1, 1], [2, 1]]],
  ])("%i items, at most %d at once", (items, most, cuts) => {
    expect(cutBatch(items, most)).toEqual(cuts);
  }); // prettier-ignore
});

/** Two convolutions without a batch norm: a class for each pixel. */
class Plain extends Module implements GroupedModel {
  readonly kind = "Plain";
  readonly groups: readonly LayerGroup[];
  readonly #all: Sequential;
  constructor() {
    super();
    const init = kaimingNormal(createRng(3, "plain"), "in");
    this.#all = this.add("all", new Sequential([
      new Conv2d({ inputs: 3, outputs: 8, kernel: 3, padding: 1, bias: true }, init),
      new ReLU(),
      new Conv2d({ inputs: 8, outputs: CLASSES, kernel: 3, padding: 1, bias: true }, init),
    ])); // prettier-ignore
    this.groups = [{ name: "All", modules: [this.#all] }];
  }
  override forward(x: Tensor): Tensor {
    return this.#all.forward(x);
  }
  override trace(input: Shape, visit: Visit, name: string): Shape {
    return this.#all.trace(input, visit, name);
  }
}

/** Pictures whose halves differ in how many pixels count: a third of them in the first, all in the last. */
function batch(epoch: number): Batch {
  const pixels = SIZE * SIZE;
  const y = Int32Array.from({ length: BATCH * pixels }, (_, i) => {
    const sparse = Math.floor(i / pixels) < 2 && i % 3 > 0;
    return sparse ? -1 : (i * 7 + epoch) % CLASSES;
  });
  const labels = tensor3d(y, [BATCH, SIZE, SIZE], "int32");
  const x = tensor4d(uniform(`x${epoch}`, [BATCH, SIZE, SIZE, 3]), [BATCH, SIZE, SIZE, 3]);
  const weight = tensor1d(Array<number>(BATCH).fill(1));
  return { x, y: labels, weight, items: Int32Array.from({ length: BATCH }, (_, i) => i), count: BATCH };
}

const data: DataLoaders = {
  train: {
    batchSize: BATCH,
    batches: 2,
    items: 2 * BATCH,
    async *epoch(epoch) {
      for (const at of [0, 1]) yield await Promise.resolve(batch(2 * epoch + at));
    },
  },
  valid: null,
  vocab: ["a", "b", "c", "d"],
  outputs: CLASSES,
  task: "segmentation",
  inputShape: [SIZE, SIZE, 3],
  dispose: () => undefined,
};

async function trained(atOnce: number, loss: Choice, precision: "f32" | "f16" = "f32") {
  const learn = new Learner({ precision, data, model: new Plain(), loss: lossFor("segmentation", loss), optimizer: sgd({ wd: 0 }), seed: 1, clock: () => 0 }); // prettier-ignore
  learn.atOnce = atOnce;
  const losses: number[] = [];
  const look: Callback = { name: "look", afterLosses: (_, __, rows) => void losses.push(...rows) };
  await learn.fit(2, 0.2, { callbacks: [look] });
  const { tensors } = await learn.state();
  learn.dispose();
  return { losses, tensors };
}

describe("a step in parts", () => {
  it.each<Choice>([
    { kind: "crossEntropy" },
    { kind: "crossEntropy", classWeights: "1,2,0.5,3", ignore: 2 },
    { kind: "focal", gamma: 2 },
    // With cross-entropy beside it the two weigh pixels differently, and parts are only nearly the whole.
    { kind: "dice", crossEntropy: 0 },
  ])("is the step of the whole batch with %j", async (loss) => {
    const whole = await trained(Infinity, loss);
    for (const atOnce of [3, 2, 1]) {
      const parts = await trained(atOnce, loss);
      parts.losses.forEach((value, i) => expect(value, `loss ${i}`).toBeCloseTo(whole.losses[i] ?? NaN, 5));
      // Sums of the same numbers in another order.
      for (const [name, { data: values }] of whole.tensors)
        values.forEach((value, i) => expect(Math.abs(value - (parts.tensors.get(name)?.data[i] ?? NaN)), name).toBeLessThan(2e-6)); // prettier-ignore
    }
  });

  it("is nearly that in mixed precision too, where activations have eleven bits", async () => {
    const [whole, parts] = [await trained(Infinity, { kind: "crossEntropy" }, "f16"), await trained(2, { kind: "crossEntropy" }, "f16")]; // prettier-ignore
    expect(whole.losses.every(Number.isFinite)).toBe(true);
    parts.losses.forEach((value, i) => expect(Math.abs(value / (whole.losses[i] ?? NaN) - 1)).toBeLessThan(1e-2));
    expect(parts.losses.at(-1)).toBeLessThan(parts.losses[0] ?? 0);
  });

  it("leaves no tensor behind, and repeats bit for bit", async () => {
    const before = liveTensors();
    const [a, b] = [await trained(2, { kind: "crossEntropy" }), await trained(2, { kind: "crossEntropy" })];
    expect(liveTensors()).toBe(before);
    expect(b).toEqual(a);
  });

  it("mixes pictures as one step would", async () => {
    const mix = () => CALLBACKS.find(({ id }) => id === "mixup")?.make({ alpha: 0.4 }, { seed: 5, metrics: [] }) as Callback; // prettier-ignore
    const run = async (atOnce: number): Promise<number[]> => {
      const learn = toyLearner({ dropout: 0, batchSize: 6, items: 6, optimizer: sgd({ wd: 0 }) });
      learn.model.eval();
      learn.atOnce = atOnce;
      const still: Callback = { name: "still", order: 5, beforeBatch({ model }) { model.eval(); } }; // prettier-ignore
      const losses: number[] = [];
      const look: Callback = { name: "look", afterLosses: (_, __, rows) => void losses.push(...rows) };
      await learn.fit(2, 0.1, { callbacks: [still, mix(), look] });
      learn.dispose();
      return losses;
    };
    const [whole, parts] = [await run(Infinity), await run(2)];
    whole.forEach((value, i) => expect(parts[i]).toBeCloseTo(value, 5));
  });
});
