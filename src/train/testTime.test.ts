// Test-time augmentation: the blend of nine passes, its losses, and that it is the same each time.
import { mul } from "@tensorflow/tfjs-core";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import type { DataLoader } from "../data/batch";
import { liveTensors } from "../tensor/scope";
import { openCpu } from "../testing/cpuDevice";
import { toyLearner } from "../testing/toyLearner";
import type { Learner } from "./learner";
import type { ClassPredictions } from "./predictAll";

beforeAll(() => openCpu());

/** The loader's pictures in another light, which stands for another view. */
function dimmed(loader: DataLoader, factor: number): DataLoader {
  return {
    ...loader,
    async *epoch(epoch, options) {
      for await (const batch of loader.epoch(epoch, options)) {
        const x = mul(batch.x, factor) as Tensor4D;
        batch.x.dispose();
        yield { ...batch, x };
      }
    },
  };
}

function withViews(learn: Learner): Learner {
  const { valid } = learn.data;
  if (!valid) throw new Error("toys have a validation set");
  const testTime = ({ index, scale }: { index: number; scale: number }) => dimmed(valid, scale + index / 4);
  learn.data = { ...learn.data, testTime };
  return learn;
}

describe.each(["singleLabel", "multiLabel"] as const)("%s", (task) => {
  it("blends the plain prediction with the mean of eight views", async () => {
    const learn = withViews(toyLearner({ task }));
    const plain = (await learn.predict()) as ClassPredictions;
    const views: ClassPredictions[] = [];
    for (let index = 0; index < 8; index += 1)
      views.push((await learn.predict(learn.data.testTime?.({ index, scale: 2 }))) as ClassPredictions);
    const passes: number[] = [];
    const options = { beta: 0.3, scale: 2, onPass: (pass: number, all: number) => void passes.push(pass, all) };
    const before = liveTensors();
    const blend = (await learn.tta(options)) as ClassPredictions;
    expect(liveTensors()).toBe(before);
    expect(passes.filter((_, i) => i % 2 === 0)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    for (const [i, value] of blend.probabilities.entries()) {
      const mean = views.reduce((sum, view) => sum + (view.probabilities[i] as number), 0) / 8;
      expect(value).toBeCloseTo(0.3 * (plain.probabilities[i] as number) + 0.7 * mean, 6);
    }
    expect(blend.probabilities).not.toEqual(plain.probabilities);
    for (const [row, loss] of blend.losses.entries()) {
      const p = blend.probabilities.subarray(row * blend.classes, (row + 1) * blend.classes);
      const own = Array.from(p, (value, c) => {
        const target = task === "singleLabel" ? Number(blend.targets[row] === c) : (blend.targets[row * blend.classes + c] as number); // prettier-ignore
        if (task === "singleLabel") return target ? -Math.log(value) : 0;
        return -(target ? Math.log(value) : Math.log(1 - value)) / blend.classes;
      });
      expect(loss).toBeCloseTo(
        own.reduce((a, b) => a + b, 0),
        4,
      );
    }
    expect(await learn.tta(options)).toEqual(blend);
    learn.dispose();
  });
});

it("is the plain prediction where it counts alone", async () => {
  const learn = withViews(toyLearner());
  const plain = (await learn.predict()) as ClassPredictions;
  const alone = (await learn.tta({ beta: 1 })) as ClassPredictions;
  plain.probabilities.forEach((value, i) => expect(alone.probabilities[i]).toBeCloseTo(value, 6));
  learn.dispose();
});
