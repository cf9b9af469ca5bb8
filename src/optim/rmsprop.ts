// RMSProp (Hinton 2012), PyTorch's form: s ← α·s + (1 − α)·g², v ← momentum·v + g/(√s + eps), p ← p − lr·v.
import { rmspropRow, rmspropStep } from "../kernels/rmsprop";
import { fusedOptimizer } from "./fused";
import type { DecayOptions } from "./fused";
import type { MakeOptimizer } from "./optimizer";

export interface RmspropOptions extends DecayOptions {
  /** α. */
  readonly sqrMom?: number;
  readonly eps?: number;
}

/** Momentum comes from the schedule. */
export function rmsprop({ sqrMom = 0.99, eps = 1e-8, ...decay }: RmspropOptions = {}): MakeOptimizer {
  return fusedOptimizer(
    {
      id: "rmsprop",
      moments: ["square_avg", "momentum_buffer"],
      kernel: rmspropStep,
      row: (group) => rmspropRow({ ...group, alpha: sqrMom, eps }),
    },
    decay,
  );
}
