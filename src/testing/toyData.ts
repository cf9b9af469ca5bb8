// A few drawn pictures behind the loader's contract: classes are told apart by where the picture is bright.
import { oneHot, tensor1d, tensor4d } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { createRng, shuffled } from "../base/rng";
import type { Batch, DataLoader, DataLoaders } from "../data/batch";
import type { Task } from "../spec/recipe";

export interface ToyOptions {
  readonly task?: Task;
  readonly size?: number;
  readonly items?: number;
  readonly batchSize?: number;
  readonly classes?: number;
}

function picture(item: number, size: number, classes: number): number[] {
  const rng = createRng(7, "picture", item);
  const band = item % classes;
  return Array.from({ length: size * size * 3 }, (_, i) => {
    const column = Math.floor(i / 3) % size;
    return (Math.floor((column * classes) / size) === band ? 1 : -0.5) + 0.3 * rng.normal();
  });
}

function batchOf(items: readonly number[], o: Required<ToyOptions>): Batch {
  const real = items.map((item) => (item >= 0 ? 1 : 0));
  const drawn = items.map((item) => Math.max(0, item));
  const x = tensor4d(drawn.flatMap((item) => picture(item, o.size, o.classes)), [items.length, o.size, o.size, 3]); // prettier-ignore
  const labels = tensor1d(drawn.map((item) => item % o.classes), "int32"); // prettier-ignore
  const y: Tensor = o.task === "singleLabel" ? labels : oneHot(labels, o.classes, 1, 0, "float32");
  if (y !== labels) labels.dispose();
  return { x, y, weight: tensor1d(real), items: Int32Array.from(items), count: real.filter((w) => w === 1).length };
}

function loader(from: number, to: number, train: boolean, o: Required<ToyOptions>): DataLoader {
  const all = Array.from({ length: to - from }, (_, i) => from + i);
  const { batchSize } = o;
  const batches = train ? Math.floor(all.length / batchSize) : Math.ceil(all.length / batchSize);
  return {
    batchSize,
    batches,
    items: all.length,
    async *epoch(epoch, { fromBatch = 0 } = {}) {
      const order = train ? shuffled(all, createRng(3, "order", epoch)) : all;
      for (let b = fromBatch; b < batches; b += 1) {
        const items = order.slice(b * batchSize, (b + 1) * batchSize);
        while (items.length < batchSize) items.push(-1);
        yield await Promise.resolve(batchOf(items, o));
      }
    },
  };
}

/** Shuffled training pictures and a padded validation set that is a quarter as large. */
export function toyData(options: ToyOptions = {}): DataLoaders {
  const o = { task: "singleLabel", size: 8, items: 24, batchSize: 4, classes: 3, ...options } as const;
  const valid = Math.floor(o.items / 4) - 1;
  return {
    train: loader(0, o.items, true, o),
    valid: loader(o.items, o.items + valid, false, o),
    vocab: Array.from({ length: o.classes }, (_, i) => `class ${i}`),
    outputs: o.classes,
    task: o.task,
    inputShape: [o.size, o.size, 3],
    dispose: () => undefined,
  };
}
