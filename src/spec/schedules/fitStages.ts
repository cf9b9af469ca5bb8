// Which stages of a recipe train for good, how long, and what each does to learning rate and momentum.
import type { LearningRate, Stage } from "../recipe";
import { scheduleOfKind } from "./kinds";
import { oneCycle } from "./oneCycle";
import { combine, constant, cosine, restarts } from "./schedule";
import type { FitSchedule } from "./schedule";

type FitName = "fit" | "fitOneCycle" | "fitFlatCos" | "fitSgdr" | "fitSchedule";
export type FitStage = Extract<Stage, { do: FitName }>;
type Of<K extends FitName> = Extract<FitStage, { do: K }>;

const usualMomentum = 0.9;

interface Kind<S> {
  epochs(stage: S): number;
  schedule(stage: S, steps: number): FitSchedule;
}

const defined = <T extends object>(options: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };

/** Epochs of each cycle: every one `cycleMult` times as long as the one before. */
const cyclesOf = ({ cycles, cycleLen, cycleMult = 2 }: Of<"fitSgdr">): number[] =>
  Array.from({ length: cycles }, (_, i) => cycleLen * cycleMult ** i);

const KINDS: { readonly [K in FitName]: Kind<Of<K>> } = {
  fit: {
    epochs: ({ epochs }) => epochs,
    schedule: () => ({ lr: constant, momentum: constant(usualMomentum) }),
  },
  fitOneCycle: {
    epochs: ({ epochs }) => epochs,
    schedule: ({ pctStart, div, divFinal, moms }, steps) => oneCycle(steps, defined({ pctStart, div, divFinal, moms })),
  },
  // fastai v2: flat for pct_start of the way, then half a cosine to lr / div_final.
  fitFlatCos: {
    epochs: ({ epochs }) => epochs,
    schedule: ({ pctStart = 0.75, divFinal = 1e5 }) => ({
      lr: (top) =>
        combine([
          { share: pctStart, schedule: constant(top) },
          { share: 1 - pctStart, schedule: cosine(top, top / divFinal) },
        ]),
      momentum: constant(usualMomentum),
    }),
  },
  // Warm restarts (Loshchilov and Hutter 2017) as fastai v2's fit_sgdr: each cycle from the top to 0.
  fitSgdr: {
    epochs: (stage) => cyclesOf(stage).reduce((sum, length) => sum + length, 0),
    schedule: (stage) => ({
      lr: (top) => restarts(cyclesOf(stage), cosine(top, 0)),
      momentum: constant(usualMomentum),
    }),
  },
  fitSchedule: {
    epochs: ({ epochs }) => epochs,
    schedule: ({ schedule, epochs }) => scheduleOfKind(schedule, epochs),
  },
};

/** Whether the stage trains the model for good. */
export function isFit(stage: Stage | undefined): stage is FitStage {
  return stage !== undefined && Object.hasOwn(KINDS, stage.do);
}

// The table is complete by its type; the compiler cannot pair key and argument through the lookup.
const kindOf = (stage: FitStage): Kind<FitStage> => KINDS[stage.do] as Kind<FitStage>;

/** Epochs of a stage; 0 for one that does not train. */
export function epochsOf(stage: Stage): number {
  return isFit(stage) ? kindOf(stage).epochs(stage) : 0;
}

/** What a stage of so many steps in all does. */
export function fitSchedule(stage: FitStage, steps: number): FitSchedule {
  return kindOf(stage).schedule(stage, steps);
}

/** The highest rate of the last layer group: fastai's `slice` ends there. */
export function topRate(lr: LearningRate): number {
  return typeof lr === "number" ? lr : lr.stop;
}
