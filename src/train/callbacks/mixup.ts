// Trains on blends of two pictures and of their answers (mixup, Zhang et al. 2018; fastai's MixUpCallback).
import { add, cast, gather, mul, reshape, slice, sub } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor1D, Tensor4D } from "@tensorflow/tfjs-core";
import { createRng, shuffled } from "../../base/rng";
import type { Rng } from "../../base/rng";
import type { Batch } from "../../data/batch";
import type { Loss } from "../../nn/losses/loss";
import { keep, scope } from "../../tensor/scope";
import { tensorOf } from "../../tensor/writeTensor";
import type { Callback } from "../callback";

/** Gamma(shape, 1) for a shape below 1 too (Marsaglia and Tsang 2000). */
function gamma(shape: number, rng: Rng): number {
  if (shape < 1) return gamma(shape + 1, rng) * (1 - rng.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = rng.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - rng.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Beta(α, α), and the larger of it and its rest: the first picture of a pair always weighs more. */
export function mixingShare(alpha: number, rng: Rng): number {
  const [a, b] = [gamma(alpha, rng), gamma(alpha, rng)];
  const share = a / (a + b);
  // Two numbers too small for a float are as good as one picture alone.
  return Number.isNaN(share) ? 1 : Math.max(share, 1 - share);
}

/** share·a + (1 − share)·b, item by item. */
function blend(a: Tensor, b: Tensor, share: Tensor): Tensor {
  const wide = reshape(share, [-1, ...Array<number>(a.rank - 1).fill(1)]);
  return add(mul(a, wide), mul(b, sub(1, wide)));
}

/** Class ids cannot be blended: the loss is that of both answers, each by its share of the pictures. */
function lossOfBoth(loss: Loss, other: Tensor, share: Tensor1D, shares: Float32Array): Loss {
  return {
    ...loss,
    compute(outputs, { y, weight, from = 0 }) {
      // A step in parts asks for some neighbouring items of the batch at a time.
      const count = weight.size;
      const mean = shares.subarray(from, from + count).reduce((sum, value) => sum + value, 0) / count;
      const own = slice(share, [from], [count]);
      const partner = slice(other, [from, ...Array<number>(other.rank - 1).fill(0)], [count, ...other.shape.slice(1)]);
      const first = loss.compute(outputs, { y, weight: mul(weight, own) });
      const second = loss.compute(outputs, { y: partner, weight: mul(weight, sub(1, own)) });
      return { ...first, mean: add(mul(first.mean, mean), mul(second.mean, 1 - mean)), share: weight };
    },
  };
}

/** `alpha`: 0.4 blends most pictures a little. The masks of the blend depend on the seed and the step alone. */
export function mixup(alpha: number, seed: number): Callback {
  let made: Tensor[] = [];
  const free = (): void => {
    made.forEach((tensor) => tensor.dispose());
    made = [];
  };
  return {
    name: "mixup",
    order: 20,
    beforeBatch(learn) {
      const batch = learn.current;
      if (!learn.training || learn.purpose !== "fit" || !batch) return;
      const rng = createRng(seed, "mixup", learn.step);
      const items = batch.x.shape[0];
      const shares = Float32Array.from({ length: items }, () => mixingShare(alpha, rng));
      const partners = Int32Array.from(shuffled([...Array(items).keys()], rng));
      const share = keep(tensorOf(shares, [items], "float32")) as Tensor1D;
      made.push(share);
      const [x, y] = scope("mixup", () => {
        const order = tensorOf(partners, [items], "int32") as Tensor1D;
        const labels = batch.y.dtype === "int32";
        const partner = gather(batch.y, order);
        return [
          keep(blend(batch.x, gather(batch.x, order), share)),
          keep(labels ? cast(partner, "int32") : blend(batch.y, partner, share)),
        ] as [Tensor, Tensor];
      });
      if (batch.y.dtype !== "int32") {
        learn.current = { ...batch, x, y } as Batch;
        return;
      }
      made.push(y);
      learn.current = { ...batch, x: x as Tensor4D };
      learn.criterion = lossOfBoth(learn.loss, y, share, shares);
    },
    afterBatch: free,
    cleanupFit: free,
  };
}
