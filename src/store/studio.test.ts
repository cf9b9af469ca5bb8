// The studio over an engine that answers from a table: what a person does, what the engine is asked, what is kept.
import { describe, expect, it, vi } from "vitest";
import { err, ok } from "../base/result";
import type { Answer, EngineApi } from "../rpc/protocol";
import { problem } from "../spec/problems";
import type { ProjectDoc } from "../spec/project";
import { RECIPES } from "../spec/recipes";
import { recipeToHash } from "../spec/recipeLink";
import { fakeEngine } from "../testing/fakeEngine";
import { handTimer } from "../testing/handTimer";
import {
  toyAnswers,
  toyEpoch,
  toyPicture,
  toyProgress,
  toyReport,
  toyRow,
  toySource,
  toySummary,
} from "../testing/toyAnswers";
import type { ScreenId } from "./settings";
import { createStudio } from "./studio";

/** A studio with its calls, its clock and its way through the screens. */
function visit(over: Partial<EngineApi> = {}) {
  const methods = { ...toyAnswers, ...over };
  const calls = Object.fromEntries(
    Object.entries(methods).map(([name, act]) => [name, vi.fn(act as (...args: unknown[]) => unknown)]),
  ) as { [K in keyof EngineApi]: ReturnType<typeof vi.fn<EngineApi[K]>> };
  const engine = fakeEngine(calls);
  const timer = handTimer();
  const screens: ScreenId[] = [];
  const downloads: string[] = [];
  let ids = 0;
  const studio = createStudio({
    engine,
    timer,
    newId: () => `id-${++ids}`,
    page: {
      goTo: (screen) => void screens.push(screen),
      download: (name) => void downloads.push(name),
      askPermission: () => Promise.resolve(true),
    },
  });
  return { studio, engine, calls, timer, screens, downloads, ...studio.stores };
}

/** Lets answers that are on the way arrive. */
const settle = () => vi.waitFor(() => Promise.resolve()).then(() => new Promise((resolve) => setTimeout(resolve, 0)));

const folder = [{ kind: "files", name: "pets", files: [] }] as const;

async function ready(over: Partial<EngineApi> = {}) {
  const made = visit(over);
  await made.studio.session.start("");
  return made;
}

describe("the recipe", () => {
  it("is changed by its path, undone and redone", async () => {
    const { studio, project } = await ready();
    studio.project.setField("data.batchSize", 8);
    studio.project.setField("seed", 7);
    studio.project.undo();
    expect([project.getState().recipe.data.batchSize, project.getState().recipe.seed]).toEqual([8, 42]);
    studio.project.undo();
    expect(project.getState().recipe.data.batchSize).toBe(32);
    studio.project.redo();
    expect(project.getState().recipe.data.batchSize).toBe(8);
  });

  it("takes a dragged slider as one step of undo, and a later change as another", async () => {
    const { studio, project, timer } = await ready();
    for (const share of [0.25, 0.3, 0.35]) {
      studio.project.setField("data.split.valid", share);
      timer.advance(100);
    }
    timer.advance(1000);
    studio.project.setField("data.split.valid", 0.5);
    studio.project.undo();
    expect(project.getState().recipe.data.split).toMatchObject({ valid: 0.35 });
    studio.project.undo();
    expect(project.getState().recipe.data.split).toMatchObject({ valid: 0.2 });
  });
});

describe("keeping", () => {
  it("writes nothing before the kept project was read", async () => {
    let open: (answer: Answer<"openProject">) => void = () => undefined;
    const { studio, calls, timer } = visit({ openProject: () => new Promise((resolve) => (open = resolve)) });
    const started = studio.session.start("");
    studio.project.setField("seed", 1);
    timer.advance(5000);
    open({ project: null, resumable: null, kept: null, persistent: true });
    await started;
    timer.advance(5000);
    expect(calls.saveProject).not.toHaveBeenCalled();
    studio.project.setField("seed", 2);
    timer.advance(299);
    expect(calls.saveProject).not.toHaveBeenCalled();
    timer.advance(1);
    expect(calls.saveProject.mock.calls.map(([doc]) => doc.recipe.seed)).toEqual([2]);
  });

  it("saves a burst of changes once, with a growing number", async () => {
    const { studio, calls, timer, project } = await ready();
    studio.project.setField("seed", 1);
    studio.project.setField("seed", 2);
    timer.advance(300);
    await settle();
    studio.project.setField("title", "Cats");
    timer.advance(300);
    await settle();
    const docs = calls.saveProject.mock.calls.map(([doc]) => [doc.sequence, doc.recipe.seed, doc.recipe.title]);
    expect(docs).toEqual([
      [1, 2, "Untitled project"],
      [2, 2, "Cats"],
    ]);
    expect(project.getState().saving).toBe("saved");
  });

  it("opens what was kept, and a full disk is told without losing anything", async () => {
    const recipe = RECIPES["planet"]!;
    const kept: ProjectDoc = {
      version: 1,
      id: "old",
      recipe,
      settled: true,
      runs: [
        {
          summary: toySummary("r1"),
          name: "first",
          color: 3,
          pinned: true,
          hidden: false,
          rows: [toyRow(1)],
          lrFinds: [],
        },
      ],
      currentRun: "r1",
      sequence: 9,
    };
    const { studio, project, runs, status, timer } = await ready({
      openProject: () => Promise.resolve({ project: kept, resumable: null, kept: null, persistent: true }),
      saveProject: () => Promise.resolve(err(problem("STORAGE_FULL"))),
    });
    expect(project.getState()).toMatchObject({ id: "old", recipe, settled: true });
    expect(runs.getState()).toMatchObject({
      current: "r1",
      runs: [{ id: "r1", name: "first", color: 3, pinned: true }],
    });
    expect(project.temporal.getState().pastStates).toEqual([]);
    studio.project.setField("seed", 5);
    timer.advance(300);
    await settle();
    expect(status.getState().problems.map((shown) => shown.problem.code)).toEqual(["STORAGE_FULL"]);
    expect(project.getState().recipe.seed).toBe(5);
  });
});

describe("data", () => {
  it("takes the best guess for a dropped folder, shows a batch, and waits for a yes", async () => {
    const { studio, calls, project, dataset, screens } = await ready();
    await studio.data.openSource(folder);
    expect(project.getState()).toMatchObject({
      settled: false,
      recipe: { title: "pets", data: { split: { seed: 7 } } },
    });
    expect(dataset.getState()).toMatchObject({ guess: "folders", report: toyReport, walked: 0 });
    expect(dataset.getState().previews).toHaveLength(24);
    // The blank recipe's batch is no step for nine pictures.
    expect(calls.prepare.mock.calls.map(([recipe]) => recipe.data.batchSize)).toEqual([32, 8]);
    expect(project.getState().recipe.data.batchSize).toBe(8);
    expect(screens).toEqual(["data"]);
    studio.data.acceptGuess("table");
    expect(project.getState()).toMatchObject({
      settled: true,
      recipe: { task: "multiLabel", metrics: [{ kind: "fbeta" }], data: { labels: { delimiter: " " } } },
    });
    expect(dataset.getState().guess).toBeNull();
  });

  it("leaves a settled recipe alone when its folder comes", async () => {
    const { studio, project } = await ready();
    studio.session.newProject(RECIPES["planet"]);
    studio.project.setQuietly({ settled: true });
    await studio.data.openSource(folder);
    expect(project.getState().recipe).toEqual(RECIPES["planet"]);
  });

  it("is ready to train one click after a visit began", async () => {
    const { studio, project, calls } = await ready();
    await studio.data.openSample("shapes");
    expect(calls.openSource).toHaveBeenCalledWith([{ kind: "sample", id: "shapes" }]);
    expect(project.getState().recipe).toEqual(RECIPES["shapes"]);
    expect(studio.runs.whyNot()).toBeNull();
  });

  it("prepares once after a burst of changes, and not for changes elsewhere", async () => {
    const { studio, calls, timer } = await ready();
    await studio.data.openSource(folder);
    calls.prepare.mockClear();
    studio.project.setField("train.optimizer.wd", 0.1);
    timer.advance(1000);
    expect(calls.prepare).not.toHaveBeenCalled();
    studio.project.setField("data.batchSize", 8);
    studio.project.setField("data.batchSize", 16);
    timer.advance(1000);
    expect(calls.prepare.mock.calls.map(([recipe]) => recipe.data.batchSize)).toEqual([16]);
  });

  it("shows the latest answer, whatever comes late, and closes pictures that are no longer shown", async () => {
    const answers: ((answer: Answer<"preview">) => void)[] = [];
    const { studio, dataset } = await ready({ preview: () => new Promise((resolve) => answers.push(resolve)) });
    void studio.data.openSource(folder);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    void studio.data.look({ shuffle: 1 });
    const [late, latest, next] = [toyPicture(1), toyPicture(2), toyPicture(3)];
    answers[1]?.([latest]);
    answers[0]?.([late]);
    await settle();
    expect(dataset.getState().previews).toEqual([latest]);
    expect([late.closed(), latest.closed()]).toEqual([1, 0]);
    void studio.data.look({ shuffle: 2 });
    answers[2]?.([next]);
    await settle();
    expect(latest.closed()).toBe(1);
  });

  it("tells why nothing could be opened, and tries the same again on a click", async () => {
    let there = false;
    const { studio, status, dataset } = await ready({
      openSource: () => Promise.resolve(there ? ok(toySource) : err(problem("SOURCE_EMPTY"))),
    });
    await studio.data.openSource(folder);
    const [shown] = status.getState().problems;
    expect(shown?.problem.code).toBe("SOURCE_EMPTY");
    expect(dataset.getState().source).toBeNull();
    there = true;
    if (shown) studio.session.mend({ do: "retry" }, shown);
    await vi.waitFor(() => expect(dataset.getState().source).toEqual(toySource));
    expect(status.getState().problems).toEqual([]);
  });
});

describe("runs", () => {
  it("says why training cannot begin, in the order a person meets it", async () => {
    const { studio } = visit();
    expect(studio.runs.whyNot()).toBe("The engine is starting.");
    await studio.session.start("");
    expect(studio.runs.whyNot()).toBe("Drop a folder of pictures first, or try a sample.");
    await studio.data.openSample("shapes");
    studio.project.setField("train.stages", []);
    expect(studio.runs.whyNot()).toBe("The recipe has no training stage.");
  });

  it("collects rows at most four times a second, lines of the table at once, and ends as the engine says", async () => {
    let finish: (answer: Answer<"run">) => void = () => undefined;
    const { studio, engine, runs, status, timer, screens } = await ready({
      run: () => new Promise((resolve) => (finish = resolve)),
    });
    await studio.data.openSample("shapes");
    const training = studio.runs.train();
    const runId = runs.getState().live ?? "";
    const changes = vi.fn();
    runs.subscribe(changes);
    for (let step = 0; step < 20; step += 1) {
      engine.emit({ type: "batches", runId, rows: [toyRow(step)] });
      engine.emit({ type: "progress", progress: toyProgress });
      timer.advance(25);
    }
    expect(changes).toHaveBeenCalledTimes(2);
    expect(runs.getState().runs[0]?.rows).toHaveLength(20);
    expect(status.getState().spoken).toContain("Epoch 3/10, batch 41/250, 41 %");
    engine.emit({ type: "epoch", runId, row: toyEpoch(0, 0.75) });
    expect(runs.getState().runs[0]?.epochs).toHaveLength(1);
    finish(ok(toySummary(runId)));
    await training;
    expect(runs.getState().runs[0]).toMatchObject({ status: "finished", parameters: 1000 });
    expect(status.getState()).toMatchObject({ runState: "idle", progress: null, spoken: "Training has ended." });
    expect(screens.at(-1)).toBe("train");
  });

  it("goes on with the live model when only later stages changed, and begins anew otherwise", async () => {
    const { studio, calls, runs } = await ready({
      run: ({ runId, to }) => Promise.resolve(ok(toySummary(runId, { nextStage: to, status: "stopped" }))),
    });
    await studio.data.openSample("shapes");
    studio.project.setField("train.stages", [{ do: "freeze" }, { do: "fit", epochs: 1, lr: 0.01 }]);
    await studio.runs.train(0, 1);
    studio.project.setField("train.stages.1.epochs", 3);
    await studio.runs.train(1, 2);
    const [first, second] = calls.run.mock.calls.map(([request]) => request);
    expect(second).toMatchObject({ runId: first?.runId, from: 1, to: 2, resume: false });
    studio.project.setField("model.head.dropout", 0.3);
    await studio.runs.train(1, 2);
    expect(calls.run.mock.calls[2]?.[0].runId).not.toBe(first?.runId);
    expect(runs.getState().runs).toHaveLength(2);
  });

  it("offers a run that was cut off, and goes on with its own recipe", async () => {
    const resumable = {
      runId: "r1",
      step: 5,
      steps: 20,
      stage: 1,
      epoch: 0,
      data: "ready",
      sourceName: "pets",
    } as const;
    const { studio, calls, project } = await ready({
      openProject: () => Promise.resolve({ project: null, resumable, kept: null, persistent: true }),
      run: ({ runId }) => Promise.resolve(ok(toySummary(runId))),
    });
    await studio.data.openSource(folder);
    await studio.runs.resume();
    expect(calls.run.mock.calls[0]?.[0]).toMatchObject({ runId: "r1", from: 1, resume: true });
    expect(project.getState().resumable).toBeNull();
  });

  it("puts a removed run back in its place", async () => {
    const { studio, runs } = await ready({ run: ({ runId }) => Promise.resolve(ok(toySummary(runId))) });
    await studio.data.openSample("shapes");
    await studio.runs.train();
    await studio.runs.train();
    await studio.runs.train();
    const before = runs.getState().runs.map((run) => run.id);
    const putBack = studio.runs.remove(before[1] ?? "");
    expect(runs.getState().runs.map((run) => run.id)).toEqual([before[0], before[2]]);
    putBack();
    expect(runs.getState().runs.map((run) => run.id)).toEqual(before);
  });

  it("keeps a failed run with its problem", async () => {
    const { studio, runs, status } = await ready({ run: () => Promise.resolve(err(problem("LOSS_NOT_FINITE"))) });
    await studio.data.openSample("shapes");
    await studio.runs.train();
    expect(runs.getState().runs[0]).toMatchObject({ status: "failed", problem: { code: "LOSS_NOT_FINITE" } });
    expect(status.getState().problems[0]?.problem.code).toBe("LOSS_NOT_FINITE");
  });
});

describe("a run that found damaged files", () => {
  it("has them listed when it ends", async () => {
    const skipped = [{ path: "cat/1.jpg", code: "IMG_TRUNCATED", reason: "cut off" }];
    const prepare = vi.fn(() => Promise.resolve(toyReport));
    const { studio, dataset } = await ready({ prepare, run: ({ runId }) => Promise.resolve(ok(toySummary(runId))) });
    await studio.data.openSample("shapes");
    prepare.mockResolvedValue({ ...toyReport, skipped });
    await studio.runs.train();
    await settle();
    expect(dataset.getState().report?.skipped).toEqual(skipped);
  });
});

describe("recipes from elsewhere", () => {
  it("a link changes nothing before a yes, and then opens as a new project", async () => {
    const { studio, project } = visit();
    await studio.session.start(await recipeToHash(RECIPES["planet"]!));
    const { id, recipe } = project.getState();
    expect(recipe.title).toBe("Untitled project");
    expect(project.getState().offered?.recipe).toEqual(RECIPES["planet"]);
    studio.session.acceptOffer();
    expect(project.getState()).toMatchObject({ recipe: RECIPES["planet"], offered: null });
    expect(project.getState().id).not.toBe(id);
    studio.project.undo();
    expect(project.getState().recipe).toEqual(recipe);
  });

  it("a dropped file that is no recipe is a problem, and nothing changes", async () => {
    const { studio, project, status } = await ready();
    const before = project.getState().recipe;
    await studio.session.take([{ kind: "file", path: "a.json", file: new File(['{"version":1}'], "a.json") }]);
    expect(status.getState().problems[0]?.problem.code).toBe("RECIPE_FIELDS");
    expect(project.getState()).toMatchObject({ recipe: before, offered: null });
  });

  it("carries out a mending button that sets a field", async () => {
    const { studio, project } = await ready();
    const split = { kind: "folder", train: "a", valid: "b" };
    const shown = { id: 1, problem: problem("SPLIT_NO_VALID"), retry: null };
    studio.session.mend({ do: "setRecipe", path: "data.split", value: split }, shown);
    expect(project.getState().recipe.data.split).toEqual(split);
  });
});
