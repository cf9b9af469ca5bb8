// Stochastic gradient descent with momentum, PyTorch's form: v ← momentum·v + g, p ← p − lr·v.
import { sgdRow, sgdStep } from "../kernels/sgd";
import { fusedOptimizer } from "./fused";
import type { DecayOptions } from "./fused";
import type { MakeOptimizer } from "./optimizer";

/** Momentum comes from the schedule. */
export function sgd(options: DecayOptions = {}): MakeOptimizer {
  return fusedOptimizer({ id: "sgd", moments: ["momentum_buffer"], kernel: sgdStep, row: sgdRow }, options);
}
