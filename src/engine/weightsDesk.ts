// Weights that a person brings: read without trust, fitted to the recipe's model, taken over only as far as agreed.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import { preprocessingOf } from "../formats/weights/preprocessing";
import { readTensor, readWeights } from "../formats/weights/readWeights";
import type { WeightState } from "../formats/weights/weightFile";
import { fitNames, type Shapes } from "../nn/fit/fitNames";
import { fitState } from "../nn/fit/fitState";
import { ARCHITECTURES } from "../nn/models/architectures";
import type { HostTensor, StateDict } from "../nn/stateDict";
import { defaultsOf } from "../spec/params";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { WeightsConsent, WeightsFit, WeightsPreprocessing, WeightsReport } from "../spec/run";

/** Weights that a person gave, by the file's name, as the file names and shapes them. */
export interface GivenWeights {
  readonly name: string;
  readonly state: StateDict;
  readonly preprocessing: WeightsPreprocessing | null;
}

export interface WeightsDesk {
  readonly given: () => GivenWeights | null;
  /** `seen`: what is known about the weights' pictures from elsewhere. */
  take(
    recipe: Recipe,
    file: File,
    consent: WeightsConsent,
    seen?: WeightsPreprocessing,
  ): Promise<Result<WeightsReport, Problem>>;
}

/** Names and shapes of a recipe's model, without numbers. */
export type ShapesOf = (recipe: Recipe) => Result<Shapes, Problem>;

const RANK: Readonly<Record<WeightsFit, number>> = { whole: 0, head: 1, partial: 2, none: 3 };

/** Whether a fit may be used under a consent. */
export function isAllowed(fit: WeightsFit, consent: WeightsConsent["fit"] | undefined): boolean {
  return RANK[fit] <= RANK[consent ?? "whole"];
}

const shapesIn = ({ tensors }: WeightState): Shapes => new Map([...tensors].map(([name, { shape }]) => [name, shape]));

/** The state of a checkpoint that fits best; the largest where none does. */
function bestState(states: readonly WeightState[], wanted: Shapes): WeightState | null {
  const scored = states.slice(0, 100).map((state) => ({ state, matched: fitNames(shapesIn(state), wanted).matched }));
  return scored.reduce(
    (best, one) => (one.matched > best.matched ? one : best),
    scored[0] ?? { state: null, matched: 0 },
  ).state;
}

async function readState(state: WeightState): Promise<Result<Map<string, HostTensor>, Problem>> {
  const all = new Map<string, HostTensor>();
  for (const [name, tensor] of state.tensors) {
    const data = await readTensor(tensor);
    if (!data.ok) return data;
    all.set(name, { shape: tensor.shape, data: data.value });
  }
  return ok(all);
}

const notFinite = (state: StateDict): string[] =>
  [...state]
    .filter(([, { data }]) => data instanceof Float32Array && !data.every(Number.isFinite))
    .map(([name]) => name);

function notFiniteProblem(items: readonly string[], { name }: File, { fit }: WeightsConsent): Problem {
  return problem("WEIGHTS_NOT_FINITE", {
    detail: `${name} holds NaN or infinity in ${items.length === 1 ? "one tensor" : `${items.length} tensors`}, and a model with such values cannot be trained. Nothing was changed.`,
    items,
    mend: [
      { label: "Keep what I have", action: { do: "dismiss" } },
      { label: "Take them all the same", action: { do: "takeWeights", fit, values: "any" } },
    ],
  });
}

/** The desk; `shapesOf` builds the model of a recipe as far as names and shapes go. */
export function createWeightsDesk(shapesOf: ShapesOf): WeightsDesk {
  let given: GivenWeights | null = null;

  /** Another architecture (with its own defaults) in which the file fills more than in the recipe's. */
  const betterThan = (recipe: Recipe, state: StateDict, matched: number): WeightsReport["better"] => {
    const found: Shapes = new Map([...state].map(([name, { shape }]) => [name, shape]));
    let best: WeightsReport["better"] = null;
    for (const { id, label, params } of ARCHITECTURES) {
      if (id === recipe.model.arch) continue;
      const wanted = shapesOf({ ...recipe, model: { ...recipe.model, arch: id, options: defaultsOf(params) } });
      const score = wanted.ok ? fitNames(found, wanted.value).matched : 0;
      if (score > (best?.matched ?? matched)) best = { arch: id, label, matched: score };
    }
    return best;
  };

  return {
    given: () => given,
    async take(recipe, file, consent, seen) {
      const read = await readWeights(file, file.name);
      if (!read.ok) return err({ ...read.error, items: [file.name, ...read.error.items], total: read.error.total + 1 });
      const wanted = shapesOf(recipe);
      if (!wanted.ok) return wanted;
      const chosen = bestState(read.value.states, wanted.value);
      if (!chosen) return err({ ...(read.value.problems[0] ?? problem("PTH_NO_TENSORS")), items: [file.name] });
      const state = await readState(chosen);
      if (!state.ok) return state;
      const bad = notFinite(state.value);
      if (bad.length > 0 && consent.values === "finite") return err(notFiniteProblem(bad, file, consent));
      const preprocessing = seen ?? preprocessingOf(read.value.metadata, [...state.value.keys()]);
      const { report } = fitState(state.value, wanted.value, { name: file.name, bgr: preprocessing?.bgr ?? false });
      const taken = isAllowed(report.fit, consent.fit);
      if (taken) given = { name: file.name, state: state.value, preprocessing };
      const loose = report.fit === "partial" || report.fit === "none";
      return ok({
        ...report,
        path: chosen.path.join(" › "),
        taken,
        preprocessing,
        better: loose ? betterThan(recipe, state.value, report.matched) : null,
        problems: read.value.problems,
      });
    },
  };
}
