// Carries out one stage of a recipe: a table of what each kind of stage does to the learner.
import type { DataLoaders } from "../data/batch";
import { withSize } from "../data/withSize";
import type { EngineEvent } from "../rpc/protocol";
import { problem } from "../spec/problems";
import type { Recipe, Stage } from "../spec/recipe";
import { epochsOf, fitSchedule } from "../spec/schedules/fitStages";
import type { FitStage } from "../spec/schedules/fitStages";
import { gpuMemory, trimPool } from "../tensor/poolTrim";
import type { Callback } from "../train/callback";
import { CALLBACKS } from "../train/callbacks/callbacks";
import { mixedPrecision } from "../train/callbacks/mixedPrecision";
import { progress } from "../train/callbacks/progress";
import { recorder } from "../train/callbacks/recorder";
import { save } from "../train/callbacks/save";
import { terminateOnNaN } from "../train/callbacks/terminateOnNaN";
import type { Control } from "../train/control";
import type { FitOutcome } from "../train/fitPlan";
import type { LearnerState } from "../train/learnerState";
import { fieldsOf } from "./checkChoices";
import { partsProblem, stepCost } from "./fitMemory";
import { stepsUntil, type LiveRun } from "./liveRun";

export interface StageTools {
  readonly live: LiveRun;
  readonly control: Control;
  /** Lets other work in between two steps. */
  readonly between: readonly Callback[];
  readonly clock: () => number;
  /** When the run began, by the clock, as if it had never been interrupted. */
  readonly began: number;
  readonly send: (event: EngineEvent) => void;
  readonly rows: Parameters<typeof recorder>[0]["onBatches"];
  readonly keep: (state: LearnerState) => void;
  readonly keepReady: () => boolean;
  readonly notFinite: (step: number) => void;
  readonly loaders: (recipe: Recipe) => Promise<DataLoaders>;
  /** Watches one step of the run. */
  readonly watch: readonly Callback[];
}

const CHECKPOINT_MS = 30_000;

type Act<S> = (stage: S, tools: StageTools) => FitOutcome | Promise<FitOutcome>;

function shown({ live, control, clock, began, send }: StageTools): Callback {
  return progress({
    stage: live.stage,
    stepsBefore: stepsUntil(live, live.stage),
    stepsTotal: stepsUntil(live),
    clock,
    pausedMs: () => control.pausedMs,
    began,
    gpuBytes: () => gpuMemory().allocated || null,
    emit: (told) => send({ type: "progress", progress: told }),
  });
}

/** Those of the recipe; made anew for every fit. */
function chosen({ recipe, learner }: LiveRun): readonly Callback[] {
  const context = { seed: recipe.seed, metrics: learner.metrics.map(({ info }) => info) };
  return (recipe.train.callbacks ?? []).flatMap((choice) => {
    const entry = CALLBACKS.find(({ id }) => id === choice.kind);
    const made = entry?.make(fieldsOf(entry, choice), context);
    return made ? [made] : [];
  });
}

function callbacksOf(tools: StageTools): readonly Callback[] {
  const { live, control, clock, send, rows } = tools;
  const { runId } = live;
  // Pauses are no part of an epoch's seconds.
  const active = (): number => clock() - control.pausedMs;
  const onEpoch: Parameters<typeof recorder>[0]["onEpoch"] = (row) => {
    live.epochs.push(row);
    send({ type: "epoch", runId, row });
  };
  return [
    control.callback,
    ...tools.between,
    ...tools.watch,
    ...chosen(live),
    mixedPrecision({
      onFallback(why) {
        const code = why === "overflow" ? "PRECISION_OVERFLOW" : "PRECISION_NO_GAIN";
        send({ type: "problem", problem: problem(code) });
      },
    }),
    recorder({ stage: live.stage, clock: active, onBatches: rows, onEpoch }),
    terminateOnNaN(tools.notFinite),
    shown(tools),
    save({ clock: active, every: CHECKPOINT_MS, ready: tools.keepReady, keep: tools.keep }),
  ];
}

/** Decides how many pictures are computed at once, and says so where it is not the whole batch. */
export function fitToMemory({ learner, recipe, mostAtOnce }: LiveRun, send: StageTools["send"]): void {
  const cost = stepCost(recipe, learner.model, learner.data.inputShape);
  learner.atOnce = Math.min(cost.atOnce, mostAtOnce);
  if (cost.atOnce < recipe.data.batchSize && mostAtOnce === Infinity)
    send({ type: "problem", problem: partsProblem(recipe, cost) });
}

const defined = <T extends object>(options: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>;
  };

const fitOptions = (tools: StageTools) => ({
  callbacks: callbacksOf(tools),
  signal: tools.control.signal,
  // A learner that stands in the middle of a fit was stopped or restored there.
  resume: tools.live.learner.position !== null,
});

const fitBySchedule = (stage: FitStage, tools: StageTools): Promise<FitOutcome> =>
  tools.live.learner.fitScheduled(epochsOf(stage), stage.lr, (steps) => fitSchedule(stage, steps), fitOptions(tools));

const ACTS: { readonly [K in Stage["do"]]: Act<Extract<Stage, { do: K }>> } = {
  freeze: (_stage, { live }) => (live.learner.freeze(), "finished"),
  unfreeze: (_stage, { live }) => (live.learner.unfreeze(), "finished"),
  freezeTo: ({ group }, { live }) => (live.learner.freezeTo(group), "finished"),
  async setSize({ size }, { live, loaders, send }) {
    live.learner.data = await loaders(withSize(live.recipe, size));
    trimPool();
    fitToMemory(live, send);
    return "finished" as const;
  },
  async lrFind({ start, end, steps }, tools) {
    const { live, control, between, send } = tools;
    const result = await live.learner.lrFind({
      ...defined({ start, end, steps }),
      stage: live.stage,
      callbacks: [control.callback, ...between, shown(tools)],
      signal: control.signal,
    });
    if (control.signal.aborted) return "stopped";
    live.lrFinds.push(result);
    send({ type: "lrFind", runId: live.runId, result });
    return "finished";
  },
  fit: fitBySchedule,
  fitOneCycle: fitBySchedule,
  fitFlatCos: fitBySchedule,
  fitSgdr: fitBySchedule,
  fitSchedule: fitBySchedule,
};

/** Does the stage that is next; "stopped" when it was ended early. */
export async function performStage(tools: StageTools): Promise<FitOutcome> {
  const { live } = tools;
  const stage = live.recipe.train.stages[live.stage];
  if (!stage) throw new Error(`the recipe has no stage ${live.stage}`);
  // The table is complete by its type; the compiler cannot pair key and argument through the lookup.
  const act = ACTS[stage.do] as Act<Stage>;
  return await act(stage, tools);
}
