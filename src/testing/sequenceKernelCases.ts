// The kernels for sequences on shapes drawn at random, ready for finite differences on any backend.
import { tensor } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { createRng } from "../base/rng";
import { activationPenalty } from "../kernels/activationPenalty";
import { embedding } from "../kernels/embedding";
import { lstm } from "../kernels/lstm";
import { maskedConcatPool } from "../kernels/maskedConcatPool";
import { sequenceDropout } from "../kernels/sequenceDropout";
import { tensorOf } from "../tensor/writeTensor";
import { normals } from "./finiteDifferences";

export interface KernelCase {
  readonly name: string;
  readonly f: (...xs: Tensor[]) => Tensor;
  /** Of what is differentiated. */
  readonly shapes: readonly (readonly number[])[];
}

/** One case a kernel; the same shapes for the same seed. */
export function sequenceKernelCases(seed: number): KernelCase[] {
  const rng = createRng("sequence shapes", seed);
  const upTo = (most: number): number => 1 + rng.below(most);
  const [batch, steps, width, rows] = [1 + upTo(4), 1 + upTo(6), upTo(7), 2 + upTo(8)];
  const state = (name: string) => tensor(normals(name, [batch, width]), [batch, width]) as Tensor2D;
  const draws = Int32Array.from({ length: batch * steps }, () => rng.below(rows));
  const ids = () => tensorOf(draws, [batch, steps], "int32");
  const sequence = [batch, steps, width];
  const mask = { p: 0.3, seed, stream: 1 };
  return [
    {
      name: "lstm",
      f: (xg, whh, bias) =>
        lstm({ xg: xg as Tensor3D, whh: whh as Tensor2D, bias: bias as Tensor, h0: state("h0"), c0: state("c0") }).y,
      shapes: [[batch, steps, 4 * width], [width, 4 * width], [4 * width]],
    },
    { name: "embedding", f: (table) => embedding(table as Tensor2D, ids()), shapes: [[rows, width]] },
    {
      name: "embedding with rows dropped",
      f: (table) => embedding(table as Tensor2D, ids(), mask),
      shapes: [[rows, width]],
    },
    { name: "sequenceDropout", f: (x) => sequenceDropout(x as Tensor3D, mask), shapes: [sequence] },
    { name: "maskedConcatPool", f: (x) => maskedConcatPool(x as Tensor3D, ids(), 0), shapes: [sequence] },
    {
      name: "activationPenalty",
      f: (h) => activationPenalty(h as Tensor3D, { alpha: 2, beta: 1 }),
      shapes: [sequence],
    },
  ];
}
