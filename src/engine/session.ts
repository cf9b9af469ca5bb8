// One run at a time: takes a recipe through its stages, obeys the page, keeps checkpoints, survives what goes wrong.
import { ProblemError, toProblem, type Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import type { DataLoaders } from "../data/batch";
import { withSize } from "../data/withSize";
import type { EngineEvent, RunCommand, RunRequest } from "../rpc/protocol";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { Progress, RunSummary } from "../spec/run";
import { trimPool } from "../tensor/poolTrim";
import { createControl, type Control } from "../train/control";
import type { Learner } from "../train/learner";
import { createBetween } from "./between";
import { checkChoices } from "./checkChoices";
import type { CheckpointKeeper } from "./checkpointKeeper";
import { countStep } from "./countStep";
import { halfAtOnce, halvedProblem } from "./fitMemory";
import { inTime } from "./inTime";
import { normalizationNote } from "./loadWeights";
import { makeLearner } from "./makeLearner";
import { summarize, toCheckpoint, type LiveRun } from "./liveRun";
import { fitToMemory, performStage } from "./performStage";
import { runEvents } from "./runEvents";
import type { GivenWeights } from "./weightsDesk";
import { modelKey, sizeBefore, tenthOf } from "./stages";

export interface SessionParts {
  readonly emit: (event: EngineEvent) => void;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly checkpoints: () => Promise<CheckpointKeeper>;
  /** Batches of the recipe's data; throws a ProblemError where there are none. */
  readonly loaders: (recipe: Recipe) => Promise<DataLoaders>;
  readonly weights: () => GivenWeights | null;
  readonly sourceName: () => string;
}

export interface Session {
  run(request: RunRequest): Promise<Result<RunSummary, Problem>>;
  control(command: RunCommand): void;
  /** Ends a run by hand; resolves when it has ended. */
  stop(): Promise<void>;
  /** The run that was cut off is left as it is: its model stays, and nobody asks again whether it should go on. */
  leave(): Promise<void>;
  /** Ends a running fit because the device is gone or gives wrong numbers; false where no run is there to tell of it. */
  abort(failure: Problem): boolean;
  /**
   * Works with the live learner while no step is under way. Without one the kept checkpoint is opened, so that a model
   * outlives the page; RUN_NOT_STARTED when there is none either.
   */
  withLearner<T>(
    act: (live: { learner: Learner; recipe: Recipe; runId: string }) => Promise<T>,
  ): Promise<Result<T, Problem>>;
  /** Pictures are being decoded; says so as progress while a run waits for them. */
  decoding(done: number, total: number): void;
  /** Gives the live model up, for example because its device is gone. */
  forget(): void;
}

/** A disk or a GPU that does not answer may not keep a run from ending. */
const END_MS = 60_000;

/** Time in which a lost device makes itself known after work on it has failed. */
const LOSS_MS = 300;

const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** LOSS_NOT_FINITE with the button that lowers the learning rate of the stage. */
function notFiniteProblem(recipe: Recipe, stage: number, step: number): Problem {
  const failed = recipe.train.stages[stage];
  const lower = failed && "lr" in failed ? tenthOf(failed.lr) : null;
  return problem("LOSS_NOT_FINITE", {
    detail: `It happened at step ${step + 1}. Usually the learning rate is too high; the last good weights are kept.`,
    mend: [
      ...(lower === null
        ? []
        : [
            {
              label: "Take a tenth of the learning rate",
              action: { do: "setRecipe", path: `train.stages.${stage}.lr`, value: lower },
            } as const,
          ]),
      { label: "Go on from the last save", action: { do: "resume" } },
    ],
  });
}

/** A session without a run. */
export function createSession(parts: SessionParts): Session {
  const { emit, clock, checkpoints, loaders, weights, sourceName } = parts;
  const between = createBetween();
  let live: LiveRun | null = null;
  let control: Control | null = null;
  let broken: Problem | null = null;
  let cancelWaiting: (() => void) | null = null;
  let running: Promise<unknown> = Promise.resolve();
  /** Runs that have begun and not ended. */
  let taking = 0;
  /** A kept model that is being opened. */
  let opening: Promise<unknown> | null = null;
  let saveNow: (() => Promise<void>) | null = null;

  const forget = (): void => {
    live?.learner.dispose();
    live = null;
  };

  /** Decoding may take minutes: a stop need not wait for it, and what it has done is kept for the next run. */
  const stoppable = async <T>(work: Promise<T>): Promise<T> => {
    const stopped = new Promise<never>((_resolve, reject) => {
      cancelWaiting = () => reject(new ProblemError(problem("RUN_CANCELLED")));
    });
    try {
      return await Promise.race([work, stopped]);
    } finally {
      cancelWaiting = null;
    }
  };
  const load = (recipe: Recipe): Promise<DataLoaders> => stoppable(loaders(recipe));

  /** `trains`: not only looked at. */
  const begin = async (recipe: Recipe, runId: string, trains = true): Promise<Result<LiveRun, Problem>> => {
    const data = await load(recipe);
    // Whoever is still at the model before this one, such as a prediction, gets the answer of that model.
    if (trains) await stoppable(between.idle());
    forget();
    const learner = await makeLearner(recipe, { data, weights: weights(), clock });
    if (!learner.ok) return learner;
    const note = normalizationNote(recipe, weights());
    if (note) emit({ type: "problem", problem: note });
    if (recipe.train.precision === "f16" && !learner.value.scaling)
      emit({ type: "problem", problem: problem("PRECISION_NO_GAIN") });
    const fresh = { runId, recipe, stage: 0, epochs: [], lrFinds: [], elapsed: 0, counts: null };
    const run = { ...fresh, mostAtOnce: Infinity, learner: learner.value, sourceName: sourceName() };
    fitToMemory(run, trains ? emit : () => undefined);
    return ok(run);
  };

  /** The run of the kept checkpoint; with `wanted`, only that run, and with its stages. */
  const reopen = async (wanted: Pick<RunRequest, "runId" | "recipe"> | null): Promise<Result<LiveRun, Problem>> => {
    const { checkpoint, damaged } = await (await checkpoints()).load();
    if (damaged) emit({ type: "problem", problem: problem("CHECKPOINT_BAD") });
    if (!checkpoint || (wanted && checkpoint.notes.runId !== wanted.runId)) return err(problem("RUN_NOT_STARTED"));
    const { notes } = checkpoint;
    // What the weights stand for is theirs; only the stages may have been changed since.
    const { stages } = (wanted?.recipe ?? notes.recipe).train;
    const merged = { ...notes.recipe, train: { ...notes.recipe.train, stages } };
    const size = sizeBefore(merged.train.stages, notes.stage);
    const sized = size === null ? merged : withSize(merged, size);
    // The checkpoint holds every weight: the file that the run began from is not needed again.
    const begun = await begin(
      { ...sized, model: { ...sized.model, weights: { kind: "none" } } },
      notes.runId,
      wanted !== null,
    );
    if (!begun.ok) return begun;
    begun.value.learner.restore(checkpoint.learner);
    const { stage, epochs, lrFinds, elapsed } = notes;
    return ok({ ...begun.value, recipe: merged, stage, epochs: [...epochs], lrFinds: [...lrFinds], elapsed });
  };

  const goOn = async ({ runId, recipe, from }: RunRequest): Promise<Result<LiveRun, Problem>> => {
    if (!live) await openKept();
    if (live?.runId !== runId || live.stage !== from || modelKey(live.recipe) !== modelKey(recipe))
      return err(problem("RUN_NOT_STARTED"));
    live.recipe = recipe;
    return ok(live);
  };

  const openKept = (): Promise<Result<LiveRun, Problem>> => {
    const opened = reopen(null).then((kept) => {
      if (kept.ok) live = kept.value;
      return kept;
    });
    const settled = (): void => {
      opening = null;
    };
    opening = opened.then(settled, settled);
    return opened;
  };

  const perform = async (run: LiveRun, to: number): Promise<RunSummary> => {
    const { runId, learner } = run;
    const keeper = await checkpoints();
    const events = runEvents(runId, emit, clock);
    let last: Progress | null = null;
    const send = (event: EngineEvent): void => {
      if (event.type !== "progress") return events.send(event);
      last = mine.state === "paused" ? { ...event.progress, phase: "paused", left: null } : event.progress;
      events.send({ type: "progress", progress: last });
    };
    const onState = (state: Control["state"]): void => {
      events.send({ type: "runState", runId, state });
      if (state === "paused" && last) send({ type: "progress", progress: last });
    };
    const mine = createControl({ clock, onState });
    control = mine;
    broken = null;
    const began = clock() - run.elapsed;
    let lossAt: number | null = null;
    const elapsed = (): number => clock() - began - mine.pausedMs;
    const keep = async (state: Awaited<ReturnType<Learner["state"]>>, mode: "running" | "ended"): Promise<void> => {
      const failure = await keeper.keep(toCheckpoint(run, state, elapsed(), mode));
      if (failure) emit({ type: "problem", problem: failure });
      else events.send({ type: "checkpoint", runId, step: state.json.step });
    };
    saveNow = async () => keep(await learner.state(), "running");
    events.send({ type: "runState", runId, state: "running" });

    let failure: Problem | null = null;
    try {
      // Finds out about room on the disk, and gives a NaN in the first seconds something to go back to.
      await saveNow();
      while (run.stage < to) {
        events.send({ type: "stage", runId, stage: run.stage, state: "started" });
        const outcome = await performStage({
          live: run, control: mine, between: between.attach(mine), clock, began,
          send, rows: events.rows,
          keep: (state) => void keep(state, "running"),
          keepReady: keeper.ready,
          notFinite: (step) => void (lossAt = step),
          loaders: load,
          watch: countStep((counts) => void (run.counts ??= counts)),
        }); // prettier-ignore
        if (outcome === "stopped") break;
        run.stage += 1;
        events.send({ type: "stage", runId, stage: run.stage - 1, state: "finished" });
      }
    } catch (thrown) {
      if (!(thrown instanceof ProblemError)) await wait(LOSS_MS);
      const told = broken ?? toProblem(thrown);
      failure = told.code === "RUN_CANCELLED" ? null : told;
    }
    failure ??= broken;
    run.elapsed = elapsed();
    const backToFinite = async (): Promise<void> => {
      const { checkpoint } = await keeper.load();
      if (!checkpoint) return;
      await between.idle();
      learner.restore(checkpoint.learner);
      run.stage = checkpoint.notes.stage;
    };
    let read = false;
    const keepAll = async (): Promise<void> => {
      const state = await learner.state();
      read = true;
      await keep(state, "ended");
    };
    const broke = lossAt !== null && failure === null;
    if (broke) failure = notFiniteProblem(run.recipe, run.stage, lossAt ?? 0);
    const settle = async (): Promise<void> => {
      if (broke) await backToFinite();
      else if (failure === null) await keepAll();
    };
    try {
      if (!(await inTime(END_MS, settle))) {
        const debug = `the end of the run waited for ${read ? "the last save" : "the weights"}`;
        emit({ type: "problem", problem: problem("SAVE_LATE", { debug }) });
      }
    } catch (thrown) {
      // The device went while the last weights were read.
      failure ??= broken ?? toProblem(thrown);
    }
    saveNow = null;
    control = null;
    // Not before the save, and not waited for: an answer that takes long does not keep the run from having ended.
    between.detach();
    events.send({ type: "runState", runId, state: "idle" });
    const ended = run.stage >= to ? "finished" : "stopped";
    const status = failure === null ? ended : failure.code === "DEVICE_LOST" ? "interrupted" : "failed";
    return summarize(run, status, failure);
  };

  /** After memory has run out: back to the last save, with half as many pictures at once; false where that is no way. */
  const retreat = async (run: LiveRun): Promise<boolean> => {
    const { learner } = run;
    const { checkpoint } = await (await checkpoints()).load();
    const half = halfAtOnce(learner);
    if (checkpoint?.notes.runId !== run.runId || half === null) return false;
    emit({ type: "problem", problem: halvedProblem(run, half) });
    run.mostAtOnce = half;
    // Buffers that were refused are worth nothing; whoever asks again gets fresh ones.
    learner.restore(checkpoint.learner);
    trimPool();
    const { stage, epochs, lrFinds } = checkpoint.notes;
    Object.assign(run, { stage, epochs: [...epochs], lrFinds: [...lrFinds] });
    const size = sizeBefore(run.recipe.train.stages, stage);
    learner.data = await load(size === null ? run.recipe : withSize(run.recipe, size));
    learner.atOnce = half;
    return true;
  };

  const take = async (request: RunRequest): Promise<Result<RunSummary, Problem>> => {
    const { runId, recipe, from, to, resume } = request;
    const wrong = checkChoices(recipe);
    if (wrong) return err(wrong);
    if (recipe.train.stages.slice(from, to).length === 0) return err(problem("RUN_NO_STAGES"));
    if (opening) await opening;
    try {
      const ready = resume ? await reopen(request) : from > 0 ? await goOn(request) : await begin(recipe, runId);
      if (!ready.ok) return ready;
      live = ready.value;
      const end = Math.min(to, live.recipe.train.stages.length);
      for (;;) {
        const summary = await perform(live, end);
        if (summary.problem?.code !== "DEVICE_MEMORY" || !(await retreat(live))) return ok(summary);
      }
    } catch (thrown) {
      if (thrown instanceof ProblemError) return err(thrown.problem);
      throw thrown;
    }
  };

  return {
    run(request) {
      taking += 1;
      const answer = take(request).finally(() => (taking -= 1));
      running = answer;
      return answer;
    },
    control(command) {
      if (command === "save" || command === "pause") void between.run(async () => saveNow?.());
      if (command === "stop") cancelWaiting?.();
      if (command !== "save") control?.[command]();
    },
    async stop() {
      cancelWaiting?.();
      control?.stop();
      await running.catch(() => undefined);
    },
    abort(failure) {
      broken = failure;
      control?.stop();
      return control !== null;
    },
    async leave() {
      const keeper = await checkpoints();
      const { checkpoint } = await keeper.load();
      if (!checkpoint || checkpoint.notes.state === "ended") return;
      const failure = await keeper.keep({ ...checkpoint, notes: { ...checkpoint.notes, state: "ended" } });
      if (failure) emit({ type: "problem", problem: failure });
    },
    withLearner: (act) =>
      between.run(async () => {
        if (!live && taking === 0) {
          const kept = await openKept();
          if (!kept.ok) return kept;
        }
        return live ? ok(await act(live)) : err(problem("RUN_NOT_STARTED"));
      }),
    decoding(done, total) {
      if (!cancelWaiting) return;
      const unknown = { left: null, itemsPerSecond: null, loss: null, lr: null, gpuBytes: null };
      const begun = { stage: live?.stage ?? 0, epoch: 0, epochs: 0, step: 0, steps: 0, elapsed: 0 };
      const at = { ...begun, batch: done, batches: total };
      emit({ type: "progress", progress: { phase: "decoding", ...at, ...unknown } });
    },
    forget,
  };
}
