// Looks over the labels and the split of a plan, and names what is wrong or odd.
import { powerOfTwoIn } from "../base/powers";
import type { Problem } from "../base/problem";
import { problem } from "../spec/problems";
import type { Choice, Recipe } from "../spec/recipe";
import { AUGMENTS, augmentNames } from "./augment";
import type { BlockPlan } from "./blockPlan";
import { TRAIN, UNUSED, VALID } from "./splitters/splitter";
import { lookalikes, visible } from "./vocab";

const LONGEST_LABEL = 500;

/** Too few classes, labels that are whole texts, labels that look alike. */
export function checkLabels({ vocab, labels, split, task }: BlockPlan): Problem[] {
  const problems: Problem[] = [];
  const long = vocab.names.filter((name) => name.length > LONGEST_LABEL);
  if (long.length > 0) problems.push(problem("LABEL_TOO_LONG", { items: long.map((name) => `${name.slice(0, 60)}…`) }));
  const used = labels.filter((_, item) => split[item] !== UNUSED);
  const [first] = used;
  if (task !== "singleLabel" && task !== "multiLabel") return problems;
  if (used.length > 0 && vocab.names.length === 0) problems.push(problem("LABEL_NONE"));
  else if (task === "singleLabel" && vocab.names.length === 1)
    problems.push(problem("CLASS_ONE", { items: vocab.names }));
  else if (task === "multiLabel" && first !== undefined && used.every((own) => own.join("\n") === first.join("\n")))
    problems.push(
      problem("CLASS_ONE", {
        items: first,
        detail: "Every picture has the same tags, so there is nothing to tell apart.",
      }),
    );
  const alike = lookalikes(vocab.names);
  if (alike.length > 0)
    problems.push(
      problem("LABEL_LOOKALIKE", {
        items: alike.map((group) => group.map((name) => `“${visible(name)}”`).join(" / ")),
      }),
    );
  return problems;
}

/** The batch does not fit into the training set; the button takes one that does. */
export function batchProblem(batchSize: number, train: number): Problem {
  const fitting = Math.min(64, powerOfTwoIn(train));
  return problem("BATCH_TOO_LARGE", {
    detail: `Training steps take whole batches of ${batchSize}, and only ${train} pictures are there to train on.`,
    mend: [{ label: `Use batches of ${fitting}`, action: { do: "setRecipe", path: "data.batchSize", value: fitting } }],
  });
}

/** Several points on pictures that are mirrored: left and right would change places, but not names. */
export function checkMirrors({ vocab }: Pick<BlockPlan, "vocab">, { task, data: { augment } }: Recipe): Problem[] {
  if (task !== "points" || vocab.names.length < 2) return [];
  const mirrors = (choice: Choice): boolean => AUGMENTS.get(choice.kind)?.mirrors === true && choice["p"] !== 0;
  const wrong = augment.filter(mirrors);
  if (wrong.length === 0) return [];
  const value = augment.filter((choice) => !mirrors(choice));
  const label = "Do not mirror";
  return [
    problem("POINTS_MIRRORED", {
      items: augmentNames(wrong),
      mend: [{ label, action: { do: "setRecipe", path: "data.augment", value } }],
    }),
  ];
}

/** One number varies so many times as much as another: the loss then hears the first alone. */
const FAR_APART = 10;

/** Several numbers of very different spreads, which one loss and one range of answers cannot do justice to. */
export function checkScales(
  { targets, vocab }: Pick<BlockPlan, "targets" | "vocab">,
  { data: { labels } }: Recipe,
): Problem[] {
  if (targets.kind !== "values" || vocab.names.length < 2) return [];
  const { of } = targets;
  const spreads = vocab.names.map((_, k) => {
    const mean = of.reduce((sum, own) => sum + (own[k] ?? 0), 0) / Math.max(1, of.length);
    return Math.sqrt(of.reduce((sum, own) => sum + ((own[k] ?? 0) - mean) ** 2, 0) / Math.max(1, of.length));
  });
  const varied = spreads.filter((spread) => spread > 0);
  if (Math.max(...varied) < FAR_APART * Math.min(...varied)) return [];
  const alone = labels.kind === "floatColumns" ? vocab.names.slice(0, 3) : [];
  return [
    problem("NUMBERS_SCALES", {
      items: vocab.names.map((name, k) => `${name}: spread ${Number((spreads[k] ?? 0).toPrecision(3))}`),
      ...(alone.length > 0 && {
        mend: alone.map((name) => ({
          label: `Only ${name}`,
          action: { do: "setRecipe", path: "data.labels.columns", value: [name] } as const,
        })),
      }),
    }),
  ];
}

/** Nothing to train on, nothing to validate on, pictures in neither set, tags that only validation has. */
export function checkSplit(plan: BlockPlan, recipe: Recipe, path: (item: number) => string): Problem[] {
  const { split, labels } = plan;
  const counts = [0, 0, 0];
  const unused: string[] = [];
  for (const [item, part] of split.entries()) {
    counts[part] = (counts[part] as number) + 1;
    if (part === UNUSED) unused.push(path(item));
  }
  const problems: Problem[] = [];
  if (counts[TRAIN] === 0) problems.push(problem("SPLIT_NO_TRAIN", detailOf(recipe, counts[VALID] === 0)));
  else if (counts[VALID] === 0) problems.push(problem("SPLIT_NO_VALID"));
  if (unused.length > 0 && recipe.data.split.kind === "folder")
    problems.push(problem("SPLIT_UNUSED", { items: unused }));
  if (plan.task === "multiLabel" && counts[TRAIN] !== 0) {
    const trained = new Set(labels.filter((_, item) => split[item] === TRAIN).flat());
    const unseen = plan.vocab.names.filter((name) => !trained.has(name));
    if (unseen.length > 0)
      problems.push(
        problem("CLASS_UNSEEN", {
          items: unseen,
          detail: "The model cannot learn them; their pictures stay in validation for the other labels.",
        }),
      );
  }
  return problems;
}

function detailOf(recipe: Recipe, empty: boolean): { detail?: string } {
  const { split } = recipe.data;
  if (!empty || split.kind !== "folder") return {};
  return { detail: `There is no folder called ${split.train} or ${split.valid}.` };
}
