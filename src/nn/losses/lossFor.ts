// Which loss a task is trained with.
import { defaultsOf } from "../../spec/params";
import type { Task } from "../../spec/recipe";
import type { Choice } from "../../spec/recipe";
import type { Loss } from "./loss";
import { LOSSES } from "./losses";
import type { LossEntryWithMake } from "./losses";

/** The entry of a choice, or of the task's default: cross-entropy for one label, binary cross-entropy for several, … */
export function lossEntry(task: Task, kind: string | undefined): LossEntryWithMake {
  const entry = LOSSES.find(({ id, tasks }) => tasks.includes(task) && (kind === undefined || id === kind));
  if (!entry) throw new Error(`there is no loss ${kind} for ${task}`);
  return entry;
}

/** fastai's choice for the task, or the one that is named, with its own fields. */
export function lossFor(task: Task, choice?: Choice): Loss {
  const entry = lossEntry(task, choice?.kind);
  return entry.make({ ...defaultsOf(entry.params), ...choice });
}
