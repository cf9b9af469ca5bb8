// Trains a recipe from beginning to end on an engine, without anybody to ask: what the headless page does.
import { toProblem, type Problem } from "../base/problem";
import type { Result } from "../base/result";
import { defaultsOf, type Described } from "../spec/params";
import { checkRecipe } from "../spec/parseRecipe";
import { problem } from "../spec/problems";
import type { Choice, Recipe } from "../spec/recipe";
import { setPath } from "../spec/recipePath";
import { RECIPES } from "../spec/recipes";
import type { SourceInput } from "../spec/source";
import type { Catalog } from "../spec/catalog";
import type { Interpretation } from "../spec/run";
import { beginFrom } from "./headlessWeights";
import type { HeadlessPredictions, HeadlessRequest, HeadlessResult } from "./headlessApi";
import type { EngineApi } from "./protocol";

/** Carries the Problem that ends the work. */
class Stop extends Error {
  readonly problem: Problem;
  constructor(cause: Problem) {
    super(cause.title);
    this.problem = cause;
  }
}

function take<T>(result: Result<T, Problem>): T {
  if (result.ok) return result.value;
  throw new Stop(result.error);
}

/** The recipe that a request means: looked up by name, changed field by field, checked. */
export function requestedRecipe({ recipe, sets }: HeadlessRequest): Recipe {
  let document: unknown = recipe;
  if (typeof recipe === "string") {
    if (!Object.hasOwn(RECIPES, recipe)) throw new Stop(problem("RECIPE_UNKNOWN", { items: Object.keys(RECIPES) }));
    document = RECIPES[recipe];
  }
  for (const [path, value] of sets) {
    try {
      document = setPath(document, path, value);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Stop(problem("RECIPE_FIELDS", { detail: `${why}. Nothing was trained.`, items: [path] }));
    }
  }
  return take(checkRecipe(document));
}

function complete(choice: Choice, all: readonly Described[]): Choice {
  const entry = all.find(({ id }) => id === choice.kind);
  return entry ? { ...defaultsOf(entry.params), ...choice } : choice;
}

/** The recipe with the defaults of every choice written out. */
export function withDefaults(recipe: Recipe, catalog: Catalog): Recipe {
  const { data, model, train, metrics } = recipe;
  const arch = catalog.architectures.find(({ id }) => id === model.arch);
  return {
    ...recipe,
    data: {
      ...data,
      transforms: data.transforms.map((one) => complete(one, catalog.transforms)),
      augment: data.augment.map((one) => complete(one, catalog.augments)),
    },
    model: { ...model, options: { ...(arch ? defaultsOf(arch.params) : {}), ...model.options } },
    train: { ...train, optimizer: complete(train.optimizer, catalog.optimizers) },
    metrics: metrics.map((one) => complete(one, catalog.metrics)),
  };
}

function plain(seen: Interpretation): HeadlessPredictions {
  const { vocab, paths } = seen;
  const common = { vocab, paths, items: [...seen.items], losses: [...seen.losses] };
  switch (seen.task) {
    case "segmentation":
      return { ...common, task: seen.task, size: seen.size, confusion: [...seen.confusion] };
    case "points":
    case "regression":
      return { ...common, task: seen.task, targets: [...seen.targets], values: [...seen.values], frames: [...seen.frames] }; // prettier-ignore
    default:
      return { ...common, task: seen.task, targets: [...seen.targets], probabilities: [...seen.probabilities] };
  }
}

export interface HeadlessTools {
  readonly engine: EngineApi;
  /** What was dropped on the page; empty for a sample. */
  readonly inputs: () => Promise<readonly SourceInput[]>;
  /** The weight file to begin from, or null. */
  readonly given?: () => File | null;
  /** Says what was changed about the recipe. */
  readonly note: (problem: Problem) => void;
  /** Gets the fully resolved recipe before the training begins. */
  readonly resolved?: (recipe: Recipe) => void;
  /** Milliseconds, monotonic. */
  readonly clock: () => number;
  readonly keepWeights: (weights: Blob) => void;
  readonly keepMasks?: (masks: Blob) => void;
}

type Draft = { -readonly [K in keyof HeadlessResult]: HeadlessResult[K] };

async function openData({ engine, inputs }: HeadlessTools, { data }: Recipe): Promise<void> {
  const dropped = await inputs();
  const sample = { kind: "sample", id: data.source.hint } as const;
  const wanted = dropped.length === 0 && data.source.kind === "sample" ? [sample] : dropped;
  if (wanted.length === 0) throw new Stop(problem("SOURCE_MISSING"));
  take(await engine.openSource(wanted));
}

/** Where the recipe names what is not in the data, the best guess of the same task takes its place, and that is said. */
async function adapt({ engine, note }: HeadlessTools, recipe: Recipe): Promise<Recipe> {
  const adapted = await engine.adaptRecipe(recipe);
  const changed = (["items", "labels", "split"] as const).filter(
    (part) => JSON.stringify(adapted.data[part]) !== JSON.stringify(recipe.data[part]),
  );
  if (changed.length > 0)
    note(problem("RECIPE_ADAPTED", { items: changed.map((part) => `data.${part}: ${JSON.stringify(adapted.data[part])}`) })); // prettier-ignore
  return adapted;
}

/** Trains all stages; whatever goes wrong, what came before it is in the result. */
export async function headlessTraining(tools: HeadlessTools, request: HeadlessRequest): Promise<HeadlessResult> {
  const { engine, clock, keepWeights } = tools;
  const seconds: Record<string, number> = {};
  const timed = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const began = clock();
    try {
      return await act();
    } finally {
      seconds[name] = (clock() - began) / 1000;
    }
  };
  const result: Draft = {
    problem: null,
    recipe: null,
    device: null,
    data: null,
    summary: null,
    predictions: null,
    weightBytes: 0,
    maskBytes: 0,
    seconds,
  };
  try {
    const asked = requestedRecipe(request);
    result.recipe = asked;
    result.device = take(await timed("start", () => engine.start({ prefer: "webgpu" })));
    const catalog = await engine.catalog();
    await timed("open", () => openData(tools, asked));
    let recipe = withDefaults(await adapt(tools, asked), catalog);
    result.recipe = recipe;
    result.data = await timed("prepare", () => engine.prepare(recipe));
    const wrong = result.data.problems.find(({ severity }) => severity === "error");
    if (!result.data.ready) throw new Stop(wrong ?? problem("SOURCE_MISSING"));
    for (const one of result.data.problems) if (one.severity === "warning") tools.note(one);
    const file = tools.given?.() ?? null;
    if (file) {
      const keepNormalize = request.sets.some(([path]) => path === "data.normalize");
      recipe = take(await timed("weights", () => beginFrom(file, recipe, { engine, catalog, note: tools.note, keepNormalize }))); // prettier-ignore
      result.recipe = recipe;
      result.data = await engine.prepare(recipe);
    }
    tools.resolved?.(recipe);
    const to = recipe.train.stages.length;
    const run = { runId: "headless", recipe, from: 0, to, resume: false };
    result.summary = take(await timed("train", () => engine.run(run)));
    result.problem = result.summary.problem;
    if (result.data.valid > 0) {
      result.predictions = plain(take(await timed("interpret", () => engine.interpret())));
    }
    if (request.masks === true) {
      const masks = take(await timed("masks", () => engine.exportMasks()));
      tools.keepMasks?.(masks);
      result.maskBytes = masks.size;
    }
    // Only decoding told what cannot be read; last, since it gives up the pictures at a size that the run has gone on to.
    result.data = await engine.prepare(recipe);
    const weights = take(await timed("export", () => engine.exportWeights()));
    keepWeights(weights);
    result.weightBytes = weights.size;
  } catch (thrown) {
    result.problem ??= thrown instanceof Stop ? thrown.problem : toProblem(thrown);
  }
  return result;
}
