// A step in parts: a few pictures at a time, whose gradients together are those of the whole batch.
import { add, div, divNoNan, mul, slice, sum } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Batch } from "../data/batch";
import type { LossTargets } from "../nn/losses/loss";
import { detach } from "../tensor/gradients";
import { keep, scope } from "../tensor/scope";

/** Neighbouring items of a batch. */
export interface Part extends LossTargets {
  readonly x: Tensor;
}

/** First item and number of items of each part: as few parts as `most` items allow, as even as they can be. */
export function cutBatch(items: number, most: number): readonly (readonly [from: number, count: number])[] {
  const parts = Math.max(1, Math.ceil(items / Math.max(1, most)));
  const start = (part: number): number => Math.floor((part * items) / parts);
  return Array.from({ length: parts }, (_, part) => [start(part), start(part + 1) - start(part)]);
}

const rows = (tensor: Tensor, from: number, count: number): Tensor =>
  slice(tensor, [from, ...Array<number>(tensor.rank - 1).fill(0)], [count, ...tensor.shape.slice(1)]);

/** Calls `use` with some items of a batch, and frees what was made for that. */
export function withPart<T>(batch: Batch, [from, count]: readonly [number, number], use: (part: Part) => T): T {
  if (count === batch.items.length) return use(batch);
  const { x, y, weight } = batch;
  const part = { x: rows(x, from, count), y: rows(y, from, count), weight: rows(weight, from, count), from };
  try {
    return use(part);
  } finally {
    for (const tensor of [part.x, part.y, part.weight]) tensor.dispose();
  }
}

/** What a batch weighs where every item, or every pixel, counts once. */
export const usualWeight = ({ y, count }: Batch): number => (y.dtype === "int32" && y.rank === 3 ? y.size : count);

/** Adds up parts by what each of them weighs. */
export interface PartSum {
  /** What a part with these shares weighs beside the whole: about one over the number of parts. Kept. */
  weigh(share: Tensor): Tensor;
  /** Takes a part: its mean loss, and the gradients of that loss times its weight. They are its own from now on. */
  add(part: { readonly mean: Tensor; readonly weight: Tensor; readonly gradients: readonly (Tensor | null)[] }): void;
  /** The whole batch's mean loss and its gradients; the caller frees them. */
  take(): { readonly mean: Tensor; readonly gradients: (Tensor | null)[] };
}

/** `unit`: about what the whole batch weighs, so that numbers on the way are no larger than those of a step at once. */
export function createPartSum(unit: number): PartSum {
  let gradients: (Tensor | null)[] = [];
  let [loss, weight]: [Tensor | null, Tensor | null] = [null, null];
  const grow = (before: Tensor | null | undefined, more: Tensor): Tensor => {
    if (!before) return keep(more);
    const both = keep(add(before, more));
    before.dispose();
    more.dispose();
    return both;
  };
  return {
    weigh: (share) => keep(div(sum(detach(share)), unit)),
    add(part) {
      loss = grow(loss, mul(part.mean, part.weight));
      part.mean.dispose();
      weight = grow(weight, part.weight);
      gradients = part.gradients.map((one, i) => (one ? grow(gradients[i], one) : (gradients[i] ?? null)));
    },
    take() {
      if (!loss || !weight) throw new Error("a step has at least one part");
      const [allLoss, all] = [loss, weight];
      const mean = keep(divNoNan(allLoss, all));
      // Where nothing counts there is nothing to learn.
      const scaled = gradients.map((one) => one && scope("parts", () => keep(divNoNan(one, all))));
      for (const tensor of [allLoss, all, ...gradients]) tensor?.dispose();
      return { mean, gradients: scaled };
    },
  };
}
