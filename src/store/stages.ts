// The training stages in words, what a new one starts with, and how a found rate gets into the plan.
import type { LearningRate, Recipe, Stage } from "../spec/recipe";
import { SCHEDULES } from "../spec/schedules/kinds";
import { formatRate, plural } from "./formatNumbers";
import { epochsOf, isFit, topRate } from "../spec/schedules/fitStages";

export type StageKind = Stage["do"];

export interface StageInfo {
  readonly label: string;
  readonly help: string;
  /** What a new stage of this kind starts with. */
  readonly fresh: Stage;
}

/** Every kind of stage, in the order of the menu. */
export const STAGES: { readonly [K in StageKind]: StageInfo } = {
  lrFind: {
    label: "Find a learning rate",
    help: "Raises the learning rate step by step until the loss explodes, and draws the curve. The model is put back as it was. Take a rate where the curve falls steeply, not its lowest point.",
    fresh: { do: "lrFind" },
  },
  fitOneCycle: {
    label: "Fit one cycle",
    help: "Trains while the learning rate rises to its top and falls again; momentum goes the other way. It learns faster and more surely than a constant rate. This is what the course uses nearly always.",
    fresh: { do: "fitOneCycle", epochs: 5, lr: 0.01 },
  },
  fit: {
    label: "Fit at a constant rate",
    help: "Trains with one learning rate from start to end. Good to compare with, or to go on a little at a small rate.",
    fresh: { do: "fit", epochs: 2, lr: 0.001 },
  },
  fitFlatCos: {
    label: "Fit flat, then cosine",
    help: "Trains at one rate for three quarters of the way and lets it fall along half a cosine after that. It is easy to stop early or to prolong.",
    fresh: { do: "fitFlatCos", epochs: 5, lr: 0.004 },
  },
  fitSgdr: {
    label: "Fit with warm restarts",
    help: "Lets the rate fall to nothing, begins anew at the top, and so on, each cycle longer than the one before (SGDR). Each cycle ends with a usable model.",
    fresh: { do: "fitSgdr", cycles: 3, cycleLen: 1, cycleMult: 2, lr: 0.01 },
  },
  fitSchedule: {
    label: "Fit by another schedule",
    help: "Cosine, linear, steps, triangular cycles and others, as fastai's general scheduler. For comparing; one cycle is hard to beat.",
    fresh: { do: "fitSchedule", epochs: 5, lr: 0.01, schedule: { kind: "cosine" } },
  },
  freeze: {
    label: "Freeze the body",
    help: "From here on only the new head learns; the body keeps what it knows. Batch-norm layers stay trainable, as in fastai. Useful when the body starts from trained weights.",
    fresh: { do: "freeze" },
  },
  unfreeze: {
    label: "Unfreeze",
    help: "From here on all layers learn. Follow it with small rates for the early layers: they know the most.",
    fresh: { do: "unfreeze" },
  },
  freezeTo: {
    label: "Unfreeze from a group on",
    help: "Only the layer groups from this one on learn. −1 is the head alone, 0 is everything.",
    fresh: { do: "freezeTo", group: -2 },
  },
  setSize: {
    label: "Change the picture size",
    help: "Goes on with the same data at another size. Training small first and large later is quick and often better: the course calls it progressive resizing.",
    fresh: { do: "setSize", size: 128 },
  },
};

/** "1e-5 … 2e-3", "1e-2". */
export function rateWords(lr: LearningRate): string {
  if (typeof lr === "number") return formatRate(lr);
  return "start" in lr ? `${formatRate(lr.start)} … ${formatRate(lr.stop)}` : formatRate(lr.stop);
}

export interface StageWords {
  readonly title: string;
  readonly detail: string;
}

/** One line about a stage. */
export function stageWords(stage: Stage): StageWords {
  const { label } = STAGES[stage.do];
  switch (stage.do) {
    case "fitOneCycle":
    case "fitFlatCos":
    case "fitSgdr":
      return { title: `${label} · ${plural(epochsOf(stage), "epoch")}`, detail: rateWords(stage.lr) };
    case "fitSchedule": {
      const kind = SCHEDULES.find(({ id }) => id === stage.schedule.kind);
      return {
        title: `Fit, ${(kind?.label ?? stage.schedule.kind).toLowerCase()} · ${plural(stage.epochs, "epoch")}`,
        detail: rateWords(stage.lr),
      };
    }
    case "fit":
      return { title: `Fit · ${plural(stage.epochs, "epoch")}`, detail: rateWords(stage.lr) };
    case "setSize":
      return { title: `Resize to ${stage.size} px`, detail: "same split" };
    case "freezeTo":
      return { title: label, detail: `group ${stage.group}` };
    case "freeze":
      return { title: label, detail: "head only" };
    case "unfreeze":
      return { title: label, detail: "all layers" };
    case "lrFind":
      return { title: label, detail: `${stage.steps ?? 100} steps` };
  }
}

/** The stage that a search at `from` is for: the next fit, or null. */
export function stageToTune(stages: readonly Stage[], from: number): number | null {
  const index = stages.findIndex((stage, at) => at > from && isFit(stage));
  return index < 0 ? null : index;
}

/** The argument with another top; the first groups keep their rate while it lies below the top. */
export function withTopRate(lr: LearningRate, top: number): LearningRate {
  if (typeof lr === "number") return top;
  if (!("start" in lr)) return { stop: top };
  return { start: lr.start < top ? lr.start : top / 100, stop: top };
}

/** Puts a found rate into the next fit of the plan; without one, adds a one-cycle fit. Changes the draft; returns the stage. */
export function adoptRate(draft: Recipe, from: number, top: number): number {
  const { stages } = draft.train;
  const at = stageToTune(stages, from);
  const stage = at === null ? undefined : stages[at];
  if (at !== null && isFit(stage)) {
    stage.lr = withTopRate(stage.lr, top);
    return at;
  }
  stages.splice(from + 1, 0, { do: "fitOneCycle", epochs: 5, lr: top });
  return from + 1;
}

/** The rate that the plan would use after the search at `from`, or null. */
export function plannedRate(stages: readonly Stage[], from: number): number | null {
  const at = stageToTune(stages, from);
  const stage = at === null ? undefined : stages[at];
  return isFit(stage) ? topRate(stage.lr) : null;
}
