// What a person can do with runs: train, pause, stop, go on, name, pin, hide, take over.
import type { RunCommand, RunRequest } from "../rpc/protocol";
import type { Recipe } from "../spec/recipe";
import { changeRun, newRun, withSummary, type Run } from "./runs";
import type { StudioContext } from "./studioContext";
import { whyNotTrain } from "./whyNotTrain";

export interface RunActions {
  /** Trains stages [from, to); goes on with the live model when it stands exactly there, else begins a new run. */
  train(from?: number, to?: number): Promise<void>;
  /** Why `train` would do nothing, in words. */
  whyNot(): string | null;
  control(command: RunCommand): Promise<void>;
  /** Space: starts, pauses or resumes. */
  toggle(): Promise<void>;
  /** Goes on with the run that a reload cut off. */
  resume(): Promise<void>;
  /** Keeps the model of the run that was cut off and asks no more. */
  leaveInterrupted(): Promise<void>;
  select(id: string): void;
  rename(id: string, name: string): void;
  pin(id: string): void;
  hide(id: string): void;
  /** Takes the run off the list; returns what puts it back. */
  remove(id: string): () => void;
  /** Makes the run's recipe the project's (one undo step). */
  fork(id: string): void;
  /** Asks for the predictions of the live model on the validation set. */
  interpret(): Promise<void>;
  /** Averages answers over several views of each picture, or no longer, and asks again. */
  setTta(tta: boolean): Promise<void>;
}

/** Whether `recipe` goes on from the run as it stands: all but the stages still to come is unchanged. */
export function continues(run: Pick<Run, "recipe" | "nextStage">, recipe: Recipe, from: number): boolean {
  return run.nextStage === from && from > 0 && samePast(run.recipe, recipe, from);
}

/** Whether two recipes differ in nothing but their titles and the stages from `from` on. */
function samePast(one: Recipe, other: Recipe, from: number): boolean {
  const past = ({ title: _title, train, ...rest }: Recipe): string =>
    JSON.stringify([rest, { ...train, stages: train.stages.slice(0, from) }]);
  return past(one) === past(other);
}

/** The run actions of a studio. */
export function runActions(context: StudioContext): RunActions {
  const { engine, stores, page, project, report, guard, newId } = context;
  const { runs } = stores;

  const change = (id: string, act: (run: Run) => Run): void =>
    runs.setState((state) => ({ runs: changeRun(state.runs, id, act), revision: state.revision + 1 }));
  const find = (id: string | null): Run | undefined => runs.getState().runs.find((run) => run.id === id);

  const perform = async (request: RunRequest): Promise<void> => {
    const { runId } = request;
    runs.setState((state) => ({ current: runId, live: runId, revision: state.revision + 1 }));
    stores.inspection.setState({ interpretation: null, problem: null });
    stores.status.setState({ runState: "running", spoken: "Training has begun." });
    page.goTo("train");
    const answer = await guard(() => engine.run(request));
    stores.status.setState({ runState: "idle", progress: null, spoken: "Training has ended." });
    if (answer?.ok) change(runId, (run) => withSummary(run, answer.value));
    else change(runId, (run) => ({ ...run, status: "failed", problem: answer ? answer.error : null }));
    const problem = answer?.ok ? answer.value.problem : answer?.error;
    if (problem) report(problem, () => void begin(request.from, request.to));
    if (problem && (answer?.ok || problem.code === "ENGINE_STOPPED")) await offerToGoOn();
  };

  /** What a run that broke has kept can go on without a reload. */
  const offerToGoOn = async (): Promise<void> => {
    const kept = await guard(() => engine.openProject());
    if (kept) project.setQuietly({ resumable: kept.resumable });
  };

  const whyNot = (): string | null =>
    whyNotTrain(
      stores.project.getState(),
      stores.dataset.getState(),
      stores.model.getState(),
      stores.status.getState(),
    );

  const begin = async (from = 0, to?: number): Promise<void> => {
    if (whyNot() !== null) return;
    const { recipe } = stores.project.getState();
    const end = to ?? recipe.train.stages.length;
    const live = find(runs.getState().live);
    if (live && continues(live, recipe, from)) {
      change(live.id, (run) => ({ ...run, recipe, status: "running", problem: null }));
      await perform({ runId: live.id, recipe, from, to: end, resume: false });
      return;
    }
    const runId = newId();
    const run = newRun(runId, recipe, stores.status.getState().catalog, runs.getState().runs);
    runs.setState((state) => ({ runs: [run, ...state.runs] }));
    project.setQuietly({ settled: true });
    stores.dataset.setState({ guess: null });
    await perform({ runId, recipe, from, to: end, resume: false });
  };

  const control = async (command: RunCommand): Promise<void> => {
    if (command === "stop") stores.status.setState({ runState: "stopping" });
    await guard(() => engine.control(command));
  };

  let asked = 0;
  const interpret = async (): Promise<void> => {
    const turn = ++asked;
    stores.inspection.setState({ busy: true, problem: null });
    const answer = await guard(() => engine.interpret({ tta: stores.inspection.getState().tta }));
    // Asked again meanwhile, in another way.
    if (turn !== asked) return;
    stores.inspection.setState({
      busy: false,
      interpretation: answer?.ok ? answer.value : null,
      problem: answer && !answer.ok ? answer.error : null,
    });
  };

  return {
    train: begin,
    whyNot,
    control,
    async toggle() {
      const { runState } = stores.status.getState();
      if (runState === "running") await control("pause");
      else if (runState === "paused") await control("resume");
      else if (runState === "idle") await begin();
    },
    async resume() {
      const { resumable, recipe } = stores.project.getState();
      if (!resumable) return;
      project.setQuietly({ resumable: null });
      const kept = find(resumable.runId);
      if (!kept) {
        const run = newRun(resumable.runId, recipe, stores.status.getState().catalog, runs.getState().runs);
        runs.setState((state) => ({ runs: [run, ...state.runs] }));
      }
      // A lower learning rate, for example, counts; another model or other data would be another run.
      const going = kept && !samePast(kept.recipe, recipe, resumable.stage) ? kept.recipe : recipe;
      change(resumable.runId, (run) => ({ ...run, recipe: going, status: "running", problem: null }));
      await perform({
        runId: resumable.runId,
        recipe: going,
        from: resumable.stage,
        to: going.train.stages.length,
        resume: true,
      });
    },
    async leaveInterrupted() {
      project.setQuietly({ resumable: null });
      await guard(() => engine.leaveRun());
    },
    select: (id) => runs.setState((state) => ({ current: id, revision: state.revision + 1 })),
    rename: (id, name) => change(id, (run) => ({ ...run, name: name.trim() === "" ? run.name : name.trim() })),
    pin: (id) => change(id, (run) => ({ ...run, pinned: !run.pinned })),
    hide: (id) => change(id, (run) => ({ ...run, hidden: !run.hidden })),
    remove(id) {
      const before = runs.getState();
      runs.setState((state) => ({
        runs: state.runs.filter((run) => run.id !== id),
        current: state.current === id ? (state.runs.find((run) => run.id !== id)?.id ?? null) : state.current,
        revision: state.revision + 1,
      }));
      const index = before.runs.findIndex((run) => run.id === id);
      const removed = before.runs[index];
      return () =>
        runs.setState((state) => ({
          runs: removed ? [...state.runs.slice(0, index), removed, ...state.runs.slice(index)] : state.runs,
          current: before.current,
          revision: state.revision + 1,
        }));
    },
    fork(id) {
      const run = find(id);
      if (run) project.replaceRecipe(run.recipe, true);
    },
    interpret,
    async setTta(tta) {
      stores.inspection.setState({ tta, interpretation: null });
      await interpret();
    },
  };
}
