// Mixed precision on the tape: activations are rounded to half floats where they arise, and kept packed for the way back.
//
// What becomes half: every activation of at least `smallestHalf` numbers that an operation between `record`'s begin and
// end puts out, and the gradient with respect to it. What stays float32: parameters and their gradients, everything
// inside one operation (sums of a convolution, batch statistics), small tensors, and what comes after `record` (the loss).
import { engine } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { submit } from "./backend";
import { packHalf, roundHalf, unpackHalf } from "./half";

export const smallestHalf = 1024;
/** Bytes of activations that are worth sending the work before them. */
const leastFlush = 2 ** 20;

/** A taped operation, as far as its memory goes; tfjs 4.22.0 is pinned. */
export interface SavedByTape {
  readonly outputs: readonly Tensor[];
  /** Its gradient reads this very array, so that what is in it can be exchanged. */
  readonly saved?: Tensor[];
}

interface TapingEngine {
  readonly state: { activeTape: SavedByTape[] | null; kernelDepth: number };
  addTapeNode?: (...node: unknown[]) => void;
}

export interface HalfTape {
  /** Runs the model's forward pass from `x`, which is rounded first. */
  record<T>(x: Tensor, forward: () => T): T;
  /** Puts float32 back in the place of what was packed; before the operation's gradient runs. */
  unpack(node: SavedByTape): void;
  /** Rounds the gradient with respect to a tensor, in place, where that tensor is a half. */
  round(id: number, gradient: Tensor): void;
  /** Bytes that were kept for the way back, and what they would be as float32. */
  readonly bytes: { readonly kept: number; readonly float32: number };
}

/**
 * A tape for one step; `parameters` stay as they are. Memory that recorded work uses is free for others only once that
 * work is sent, so it is sent whenever an eighth of what is kept has passed by: without that nothing would be saved.
 */
export function createHalfTape(parameters: readonly Tensor[]): HalfTape {
  const untouched = new Set<object>(parameters.map(({ dataId }) => dataId));
  const halves = new Set<number>();
  const shapes = new WeakMap<Tensor, readonly number[]>();
  const rounded = new WeakSet<object>();
  /** While the forward pass runs: the packed form of each activation's memory. */
  const packed = new Map<object, Tensor>();
  const counted = { kept: 0, float32: 0 };
  let busy = false;
  let passed = 0;
  const pass = (bytes: number): void => {
    passed += bytes;
    if (passed < Math.max(leastFlush, counted.kept / 8)) return;
    passed = 0;
    submit();
  };

  const fits = (tensor: Tensor): boolean =>
    tensor.dtype === "float32" && tensor.size >= smallestHalf && !untouched.has(tensor.dataId);

  const pack = (tensor: Tensor): Tensor => {
    let half = packed.get(tensor.dataId);
    if (!half) {
      half = engine().keep(packHalf(tensor));
      packed.set(tensor.dataId, half);
      counted.kept += half.size * 4;
      counted.float32 += tensor.size * 4;
      pass(tensor.size * 4);
    }
    return half;
  };

  const take = ({ outputs, saved = [] }: SavedByTape): void => {
    for (const output of outputs) {
      if (!fits(output)) continue;
      halves.add(output.id);
      // A view of what is rounded already costs nothing.
      if (rounded.has(output.dataId)) continue;
      rounded.add(output.dataId);
      roundHalf(output);
    }
    saved.forEach((tensor, i) => {
      if (!fits(tensor)) return;
      const half = engine().keep(pack(tensor).clone());
      shapes.set(half, tensor.shape);
      saved[i] = half;
      tensor.dispose();
    });
  };

  /** What is done here is no part of the computation: nothing of it is taped. */
  const aside = (fn: () => void): void => {
    const core = engine() as unknown as TapingEngine;
    busy = true;
    core.state.kernelDepth += 1;
    try {
      fn();
    } finally {
      core.state.kernelDepth -= 1;
      busy = false;
    }
  };

  return {
    record(x, forward) {
      const core = engine() as unknown as TapingEngine;
      const add = core.addTapeNode as (...node: unknown[]) => void;
      core.addTapeNode = (...node) => {
        // A clone made on the side would tape itself.
        if (busy) return;
        add.apply(core, node);
        const taped = core.state.activeTape?.at(-1);
        if (taped) aside(() => take(taped));
      };
      try {
        if (fits(x)) aside(() => roundHalf(x));
        return forward();
      } finally {
        Reflect.deleteProperty(core, "addTapeNode");
        // Whoever needs one on the way back holds it by itself.
        for (const half of packed.values()) half.dispose();
        packed.clear();
      }
    },
    unpack({ saved = [] }) {
      saved.forEach((tensor, i) => {
        const shape = shapes.get(tensor);
        if (!shape) return;
        saved[i] = engine().keep(unpackHalf(tensor, shape));
        pass(tensor.size * 8);
        tensor.dispose();
      });
    },
    round(id, gradient) {
      if (halves.has(id) && fits(gradient)) roundHalf(gradient);
    },
    bytes: counted,
  };
}
