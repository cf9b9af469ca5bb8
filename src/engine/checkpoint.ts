// A checkpoint as bytes: the learner's tensors in one .safetensors file, everything else in its notes.
import type { LearnerJson, LearnerState, SavedTensor } from "../train/learnerState";
import { readFiniteTensors, readSafetensors } from "../formats/safetensors/readSafetensors";
import { safetensorsParts } from "../formats/safetensors/writeSafetensors";
import type { Recipe } from "../spec/recipe";
import type { EpochRow, LrFindResult } from "../spec/run";

/** What is known of a run beside the learner's state. */
export interface RunNotes {
  readonly runId: string;
  readonly recipe: Recipe;
  /** The stage that is under way, or comes next. */
  readonly stage: number;
  /** "ended": it finished or was stopped by hand; nothing cut it off. */
  readonly state: "running" | "ended";
  readonly epochs: readonly EpochRow[];
  readonly lrFinds: readonly LrFindResult[];
  /** Training steps of all stages, those of searches included: done, and in all. */
  readonly progress: { readonly done: number; readonly total: number };
  /** Milliseconds of the run so far, pauses left out. */
  readonly elapsed: number;
  readonly sourceName: string;
}

export interface Checkpoint {
  readonly notes: RunNotes;
  readonly learner: LearnerState;
}

interface Kept {
  readonly notes: RunNotes;
  readonly learner: LearnerJson;
}

/** One buffer with everything. */
export function encodeCheckpoint({ notes, learner }: Checkpoint): Uint8Array<ArrayBuffer> {
  const kept: Kept = { notes, learner: learner.json };
  const parts = safetensorsParts(learner.tensors, { glasshouse: JSON.stringify(kept) });
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The checkpoint in the bytes, or null where it is of another release or not whole. */
export async function decodeCheckpoint(bytes: Uint8Array<ArrayBuffer>): Promise<Checkpoint | null> {
  const file = await readSafetensors(new Blob([bytes]));
  if (!file.ok) return null;
  const tensors = await readFiniteTensors(file.value);
  const text = file.value.metadata.get("glasshouse");
  if (!tensors.ok || text === undefined) return null;
  const kept = JSON.parse(text) as Kept;
  if (kept.learner?.version !== 1 || typeof kept.notes?.runId !== "string") return null;
  return { notes: kept.notes, learner: { json: kept.learner, tensors: tensors.value as Map<string, SavedTensor> } };
}

/** Whether all numbers are finite. */
export function isFinite(tensors: LearnerState["tensors"]): boolean {
  for (const { data } of tensors.values()) for (const value of data) if (!Number.isFinite(value)) return false;
  return true;
}
