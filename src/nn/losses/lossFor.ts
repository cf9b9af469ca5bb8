// Which loss a task is trained with.
import type { Task } from "../../spec/recipe";
import { bceWithLogitsFlat } from "./bceWithLogitsFlat";
import { crossEntropyFlat } from "./crossEntropyFlat";
import type { Loss } from "./loss";

const losses = {
  singleLabel: () => crossEntropyFlat(),
  multiLabel: () => bceWithLogitsFlat(),
} satisfies Record<Task, () => Loss>;

/** fastai's choice: cross-entropy for one label, binary cross-entropy for several. */
export function lossFor(task: Task): Loss {
  return losses[task]();
}
