// Gathers the gradients of several batches before each step, as if they had been one (fastai's AccumulateScheduler).
import { clone } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { addScaled } from "../../kernels/addScaled";
import { readTensors } from "../../nn/readTensors";
import { createArena, copyIntoArena } from "../../tensor/arena";
import type { Arena } from "../../tensor/arena";
import { writeTensor } from "../../tensor/writeTensor";
import type { Callback, Training } from "../callback";
import { CancelStep } from "../cancel";
import type { SavedTensor } from "../learnerState";

interface Saved {
  readonly count: number;
}

/** The step takes the mean over `batches` batches; what is left at the end of an epoch makes a step of its own. */
export function accumulate(batches: number): Callback {
  let arenas: { readonly fresh: Arena; readonly sum: Arena } | null = null;
  let names: readonly string[] = [];
  let count = 0;
  const free = (): void => {
    for (const arena of arenas ? [arenas.fresh, arenas.sum] : []) {
      arena.tensors.forEach((tensor) => tensor.dispose());
      arena.dispose();
    }
    arenas = null;
  };
  const prepare = ({ optimizer }: Training) => {
    const parameters = optimizer?.parameters ?? [];
    const shapes = parameters.map(({ parameter }) => parameter.tensor.shape);
    names = parameters.map(({ name }) => name);
    arenas = { fresh: createArena(shapes), sum: createArena(shapes) };
  };
  return {
    name: "accumulate",
    order: 10,
    beforeFit(learn) {
      free();
      count = 0;
      if (learn.purpose === "fit") prepare(learn);
    },
    afterBackward(learn) {
      if (!arenas) return;
      const { fresh, sum } = arenas;
      const first = count === 0;
      count += 1;
      const last = count === batches || learn.batch + 1 === learn.batches;
      if (first) copyIntoArena(sum, learn.gradients);
      else {
        copyIntoArena(fresh, learn.gradients);
        sum.chunks.forEach(({ flat }, k) => addScaled(flat, (fresh.chunks[k] as { flat: Tensor }).flat, last ? 1 / count : 1)); // prettier-ignore
      }
      if (!last) throw new CancelStep();
      count = 0;
      learn.gradients = learn.gradients.map((gradient, i) => {
        gradient?.dispose();
        return gradient && clone(sum.tensors[i] as Tensor);
      });
    },
    cleanupFit: free,
    state: (): Saved => ({ count }),
    async tensors() {
      if (count === 0 || !arenas) return new Map();
      const values = await readTensors(arenas.sum.tensors);
      return new Map(names.map((name, i): [string, SavedTensor] => [name, { shape: [...(arenas?.sum.tensors[i]?.shape ?? [])], data: values[i] as Float32Array }])); // prettier-ignore
    },
    restore(state, tensors) {
      count = (state as Saved | undefined)?.count ?? 0;
      for (const [i, name] of names.entries()) {
        const saved = tensors.get(name);
        if (saved) writeTensor(arenas?.sum.tensors[i] as Tensor, saved.data);
      }
    },
  };
}
