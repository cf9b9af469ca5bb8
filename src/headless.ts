// The root of the page without a screen: what the headless runner (`bin/`) drops data on and asks to train.
import { ProblemError, toProblem, type Problem } from "./base/problem";
import type { Result } from "./base/result";
import { createEngineClient } from "./rpc/client";
import type {
  HeadlessApi,
  HeadlessEvent,
  HeadlessPredictions,
  HeadlessRequest,
  HeadlessResult,
} from "./rpc/headlessApi";
import { spawnWorker } from "./rpc/spawnWorker";
import engineUrl from "./engine/worker?worker&url";
import type { DataReport } from "./spec/dataReport";
import { checkRecipe } from "./spec/parseRecipe";
import { problem } from "./spec/problems";
import type { Recipe } from "./spec/recipe";
import { setPath } from "./spec/recipePath";
import { RECIPES } from "./spec/recipes";
import type { Interpretation } from "./spec/run";
import type { SourceInput } from "./spec/source";
import { routeDropped, type Dropped } from "./store/droppedFiles";

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

declare global {
  /** Not in TypeScript's library yet. */
  interface DataTransferItem {
    getAsFileSystemHandle(): Promise<FileSystemHandle | null>;
  }
  interface Window {
    glasshouse?: HeadlessApi;
    __glasshouse_event?: (json: string) => unknown;
  }
}

const engine = createEngineClient({ spawn: () => spawnWorker(engineUrl, { name: "engine" }) });
const tell = (event: HeadlessEvent): unknown => window.__glasshouse_event?.(JSON.stringify(event));
engine.on(tell);

/** What was dropped on the page last. */
let dropped: Promise<readonly SourceInput[]> = Promise.resolve([]);
let weights: Blob | null = null;

window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => {
  event.preventDefault();
  const handles = [...(event.dataTransfer?.items ?? [])].map((item) => item.getAsFileSystemHandle());
  dropped = Promise.all(handles).then(sourceOf);
});

/** Handles of what was dropped, as the engine takes them. */
async function sourceOf(handles: readonly (FileSystemHandle | null)[]): Promise<readonly SourceInput[]> {
  const things: Dropped[] = [];
  for (const handle of handles) {
    if (handle instanceof FileSystemDirectoryHandle) things.push({ kind: "directory", handle });
    else if (handle instanceof FileSystemFileHandle)
      things.push({ kind: "file", path: handle.name, file: await handle.getFile() });
  }
  const route = await routeDropped(things);
  return route.kind === "source" ? route.inputs : [];
}

/** The value of a success; a failure goes to the one place that reports it. */
function take<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.error);
}

/** The recipe by name or as given, with every field set that the request sets. */
function resolve({ recipe, sets }: HeadlessRequest): Recipe {
  const known = typeof recipe === "string" && Object.hasOwn(RECIPES, recipe) ? RECIPES[recipe] : recipe;
  if (typeof known === "string") throw new ProblemError(problem("RECIPE_UNKNOWN", { items: Object.keys(RECIPES) }));
  let document: unknown = known;
  for (const [path, value] of sets) {
    try {
      document = setPath(document, path, value);
    } catch (error) {
      throw new ProblemError(problem("RECIPE_FIELDS", { items: [`${path}: ${String(error)}`] }));
    }
  }
  return take(checkRecipe(document));
}

function plain({ task, vocab, paths, items, targets, probabilities, losses }: Interpretation): HeadlessPredictions {
  const lists = { items: [...items], targets: [...targets], probabilities: [...probabilities], losses: [...losses] };
  return { task, vocab, paths, ...lists };
}

/** The problem that keeps the data from being trained on. */
function whyNotReady({ problems, slots }: DataReport): Problem {
  const all = [...problems, ...slots.flatMap((slot) => slot.problems)];
  const waiting = slots.filter(({ state }) => state !== "ok").map(({ slot, headline }) => `${slot}: ${headline}`);
  return all.find(({ severity }) => severity === "error") ?? problem("SPLIT_NO_TRAIN", { items: waiting });
}

/** Does the whole of it, and writes into `result` what is known so far. */
async function work(request: HeadlessRequest, result: Mutable<HeadlessResult>): Promise<void> {
  const seconds: Record<string, number> = {};
  result.seconds = seconds;
  const timed = async <T>(part: string, promise: Promise<T>): Promise<T> => {
    const began = performance.now();
    return promise.finally(() => (seconds[part] = (performance.now() - began) / 1000));
  };
  const recipe = resolve(request);
  result.recipe = recipe;
  tell({ type: "recipe", recipe });
  result.device = take(await timed("start", engine.start({ prefer: "webgpu" })));
  const { kind, hint } = recipe.data.source;
  const input = kind === "sample" ? [{ kind, id: hint }] : await dropped;
  take(await timed("index", engine.openSource(input)));
  result.data = await timed("prepare", engine.prepare(recipe));
  if (!result.data.ready) throw new ProblemError(whyNotReady(result.data));
  const stages = { from: 0, to: recipe.train.stages.length };
  const summary = take(await timed("train", engine.run({ runId: "headless", recipe, ...stages, resume: false })));
  result.summary = summary;
  result.recipe = summary.recipe;
  if (summary.problem) throw new ProblemError(summary.problem);
  result.predictions = plain(take(await timed("interpret", engine.interpret())));
  weights = take(await timed("export", engine.exportWeights()));
  result.weightBytes = weights.size;
}

async function train(request: HeadlessRequest): Promise<HeadlessResult> {
  const result: Mutable<HeadlessResult> = {
    problem: null,
    recipe: null,
    device: null,
    data: null,
    summary: null,
    predictions: null,
    weightBytes: 0,
    seconds: {},
  };
  await work(request, result).catch((error: unknown) => (result.problem = toProblem(error)));
  return result;
}

/** Bytes of the trained weights as base64, read by the browser itself. */
function readWeights(offset: number, length: number): Promise<string> {
  return new Promise((resolvePart, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolvePart(String(reader.result).replace(/^[^,]*,/, "")));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("the weights could not be read")));
    reader.readAsDataURL((weights ?? new Blob()).slice(offset, offset + length));
  });
}

window.glasshouse = { train, weights: readWeights };
