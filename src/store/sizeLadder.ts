// Progressive resizing: the picture sizes that the plan goes through, and one rung more.
import type { Recipe, Stage } from "../spec/recipe";
import { isFit } from "../spec/schedules/fitStages";
import { withTopRate } from "./stages";

export interface Rung {
  /** The height. */
  readonly size: number;
  readonly width: number;
  /** Time and memory of a step, where the first rung's is 1. */
  readonly cost: number;
  /** Null for the size that training begins with. */
  readonly stage: number | null;
}

const numberOf = (value: unknown): number => (typeof value === "number" ? value : 0);

/** Height and width of the pictures that the model gets first. */
function firstSize({ data }: Recipe): readonly [height: number, width: number] {
  const cut = data.augment.findLast((one) => numberOf(one["height"]) > 0);
  const sized = cut ?? data.transforms.findLast((one) => numberOf(one["size"]) > 0);
  const height = numberOf(sized?.[cut ? "height" : "size"]);
  return [height, numberOf(sized?.["width"]) || height];
}

/** The sizes in order. */
export function ladderOf(recipe: Recipe): readonly Rung[] {
  const [first, across] = firstSize(recipe);
  const rung = (size: number, stage: number | null): Rung => ({
    size,
    width: first > 0 ? Math.round((across * size) / first) : size,
    stage,
    cost: first > 0 ? (size / first) ** 2 : 1,
  });
  const later = recipe.train.stages.flatMap((stage, i) => (stage.do === "setSize" ? [rung(stage.size, i)] : []));
  return first > 0 ? [rung(first, null), ...later] : later;
}

const halved = (stage: Stage): Stage => {
  if (!isFit(stage)) return stage;
  const top = typeof stage.lr === "number" ? stage.lr : stage.lr.stop;
  return { ...stage, lr: withTopRate(stage.lr, top / 2) };
};

/** Changes the draft: twice the last size, then what the plan does at its last size once more, at half the rate (as the Planet lesson does). */
export function addRung(draft: Recipe): void {
  const { stages } = draft.train;
  const last = ladderOf(draft).at(-1);
  if (!last) return;
  const again = stages.slice((last.stage ?? -1) + 1).filter((stage) => stage.do !== "lrFind");
  const size = Math.min(1024, last.size * 2);
  stages.push({ do: "setSize", size }, ...again.map((stage) => structuredClone(halved(stage))));
}

/** Changes the draft: leaves a rung and what follows it up to the next one out. */
export function removeRung(draft: Recipe, stage: number): void {
  const { stages } = draft.train;
  const next = stages.findIndex((one, i) => i > stage && one.do === "setSize");
  stages.splice(stage, (next < 0 ? stages.length : next) - stage);
}
