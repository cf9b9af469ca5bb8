// Full-size U-Nets take steps on the GPU: the loss falls, and memory stays within what is said of it beforehand.
import { tensor1d, tensor3d, tensor4d } from "@tensorflow/tfjs-core";
import { afterEach, describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import type { Batch, DataLoaders } from "../data/batch";
import { lossFor } from "../nn/losses/lossFor";
import { buildModel } from "../nn/models/buildModel";
import { describeModel } from "../nn/models/describeModel";
import { adamw } from "../optim/adam";
import type { ModelSpec } from "../spec/recipe";
import { attachCounters } from "../tensor/counters";
import { openDevice, type Device } from "../tensor/device";
import { uniform } from "../testing/uniform";
import type { Callback } from "../train/callback";
import { Learner } from "../train/learner";

const CLASSES = 12;
const problems: string[] = [];
let device: Device | null = null;
afterEach(() => {
  device?.close();
  device = null;
  expect(problems).toEqual([]);
});

/** One batch again and again: a dark and a bright half, and the classes that say which. */
function halves(size: number, batchSize: number, steps: number): DataLoaders {
  const pixels = size * size;
  const batch = (): Batch => {
    const noise = uniform("halves", [batchSize, size, size, 3]);
    const bright = (i: number): boolean => i % size >= size / 2;
    const x = Float32Array.from({ length: batchSize * pixels * 3 }, (_, i) => (bright(Math.floor(i / 3)) ? 1 : -1) + (noise[i] ?? 0)); // prettier-ignore
    const y = Int32Array.from({ length: batchSize * pixels }, (_, i) => (bright(i) ? 3 : 0));
    return {
      x: tensor4d(x, [batchSize, size, size, 3]),
      y: tensor3d(y, [batchSize, size, size], "int32"),
      weight: tensor1d(Array<number>(batchSize).fill(1)),
      items: Int32Array.from({ length: batchSize }, (_, i) => i),
      count: batchSize,
    };
  };
  return {
    train: {
      batchSize,
      batches: steps,
      items: steps * batchSize,
      async *epoch() {
        for (let i = 0; i < steps; i += 1) yield await Promise.resolve(batch());
      },
    },
    valid: null,
    vocab: Array.from({ length: CLASSES }, (_, i) => `class ${i}`),
    outputs: CLASSES,
    task: "segmentation",
    inputShape: [size, size, 3],
    dispose: () => undefined,
  };
}

interface Run {
  readonly arch: string;
  readonly options?: ModelSpec["options"];
  readonly size: number;
  readonly batchSize: number;
  readonly steps: number;
}

/** Trains, and gives the losses and the most bytes of GPU buffers that were there at once. */
async function run({ gpu }: Device, { arch, options = {}, size, batchSize, steps }: Run) {
  const counters = attachCounters(gpu as GPUDevice);
  const spec: ModelSpec = { arch, options, weights: { kind: "none" }, head: { lin: [], dropout: 0 } };
  const shape = { classes: CLASSES, channels: 3, task: "segmentation", size: [size, size] } as const;
  const model = unwrap(buildModel(spec, { ...shape, init: { seed: 1 } }));
  const said = describeModel(model, [size, size, 3], batchSize).memoryBytes;
  const learn = new Learner({ data: halves(size, batchSize, steps), model, loss: lossFor("segmentation"), optimizer: adamw(), seed: 1, clock: () => performance.now() }); // prettier-ignore
  const losses: number[] = [];
  const watch: Callback = { name: "watch", afterLosses: (_, __, rows) => void losses.push(...rows) };
  const began = performance.now();
  await learn.fit(1, 2e-4, { callbacks: [watch] });
  const seconds = (performance.now() - began) / 1000;
  const { peakBytes } = counters.read();
  learn.dispose();
  counters.detach();
  const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  console.log(`${arch} U-Net, ${batchSize} × ${size} px: ${steps} steps in ${seconds.toFixed(1)} s, loss ${losses.map((loss) => loss.toFixed(2)).join(" → ")}, peak ${mb(peakBytes)}, said before ${mb(said)}`); // prettier-ignore
  return { losses, peakBytes, said };
}

describe("memory of a step", () => {
  it.each<Run>([
    { arch: "resnetMini", options: { width: 16 }, size: 64, batchSize: 4, steps: 3 },
    { arch: "resnetMini", options: { width: 8, depth: 2 }, size: 32, batchSize: 16, steps: 3 },
    { arch: "resnet18", size: 64, batchSize: 1, steps: 3 },
    { arch: "resnet34", size: 64, batchSize: 1, steps: 3 },
  ])("$arch, $batchSize × $size px", async (options) => {
    device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
    const { adapter, features } = device.opened;
    // The plain emulator, without half floats, takes minutes for the large ones.
    if (options.arch !== "resnetMini" && adapter.software && !features.includes("shader-f16")) {
      console.log(`${options.arch}: left out, this adapter is too slow for it`);
      return;
    }
    const { losses, peakBytes, said } = await run(device, options);
    expect(losses).toHaveLength(options.steps);
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0);
    // What is said beforehand decides how many pictures are computed at once: a fifth off at most.
    expect(peakBytes / said).toBeGreaterThan(0.8);
    expect(peakBytes / said).toBeLessThan(1.2);
  });
});
