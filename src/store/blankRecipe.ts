// The recipe that a new project begins with, and how a recipe takes over a guess or a sample.
import type { Catalog } from "../spec/catalog";
import type { Guess } from "../spec/dataReport";
import { defaultsOf } from "../spec/params";
import { POINT_RANGE } from "../spec/pointRange";
import type { Choice, ModelSpec, Recipe, Task } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";

export const UNTITLED = "Untitled project";

/** fast.ai's defaults for photographs by folder, without data. */
export function blankRecipe(): Recipe {
  const photos = RECIPES["photos"];
  if (!photos) throw new Error("the recipe photos is built in");
  return { ...photos, title: UNTITLED };
}

/** The first two metrics that a task offers, at their defaults. */
export function defaultMetrics(task: Task, catalog: Catalog | null): Choice[] {
  const fitting = catalog?.metrics.filter((metric) => metric.tasks.includes(task)) ?? [];
  if (fitting.length > 0) return fitting.slice(0, 2).map(({ id, params }) => ({ ...defaultsOf(params), kind: id }));
  return [...(Object.values(RECIPES).find((recipe) => recipe.task === task)?.metrics ?? [])];
}

/**
 * A head for the task: points must know what lies where, and lie in the picture (fastai's `y_range`); numbers suffer from
 * dropout, which changes their spread.
 */
function headFor(
  { task, yRange }: Guess,
  { grid: _grid, yRange: _yRange, ...head }: ModelSpec["head"],
): ModelSpec["head"] {
  if (task === "points") return { ...head, dropout: 0, grid: 3, yRange: [...POINT_RANGE] };
  if (task !== "regression") return head;
  return { ...head, dropout: 0, ...(yRange && { yRange: [yRange[0], yRange[1]] }) };
}

/** Scores that can leave a void class out do so, where the guess knows one. */
const withVoid = (metrics: readonly Choice[], { voidClass }: Guess): Choice[] =>
  metrics.map((metric) => (voidClass !== undefined && metric["void"] === "" ? { ...metric, void: voidClass } : metric));

/** What a guess of masks or series brought along, such as their size or their drawing, does not outlive it; nor does what few files made small. */
function leftBehind(
  { task, data }: Recipe,
  guess: Guess,
  same: boolean,
): Partial<Pick<Recipe["data"], "transforms" | "augment" | "batchSize">> {
  const masks = task === "segmentation" && guess.task !== "segmentation";
  const series = data.items.kind === "series" && guess.data.items.kind !== "series";
  const { transforms, augment, batchSize } = blankRecipe().data;
  const others = !same && data.source.hint !== "";
  return {
    ...((others || masks || series) && { batchSize }),
    ...((masks || series) && { transforms }),
    ...(series && { augment }),
  };
}

/** Whether the page named the project, after its files or as its sample: then it is named anew with other files. */
const isNamedByPage = ({ title, data }: Recipe): boolean =>
  title === UNTITLED ||
  title === data.source.hint ||
  (data.source.kind === "sample" && Object.values(RECIPES).some((own) => own.title === title));

/** The recipe with a guess's items, labels and split; head and metrics follow the task when it changes. */
export function withGuess(recipe: Recipe, guess: Guess, sourceName: string, catalog: Catalog | null): Recipe {
  const { channels, range, ...others } = recipe.data;
  // How many bands there are, and where black and white lie, is known of the old files only.
  const same = recipe.data.source.hint === sourceName;
  const known = { ...(same && channels !== undefined && { channels }), ...(same && range && { range }) };
  return {
    ...recipe,
    title: isNamedByPage(recipe) && sourceName ? sourceName : recipe.title,
    task: guess.task,
    data: {
      ...others,
      ...known,
      source: { kind: "files", hint: sourceName },
      ...leftBehind(recipe, guess, same),
      ...guess.data,
    },
    model: guess.task === recipe.task ? recipe.model : { ...recipe.model, head: headFor(guess, recipe.model.head) },
    metrics: withVoid(guess.task === recipe.task ? recipe.metrics : defaultMetrics(guess.task, catalog), guess),
  };
}
