// Begins a headless run from a weight file: agreed to in advance, normalised as the weights expect.
import { err, ok, type Result } from "../base/result";
import type { Problem } from "../base/problem";
import type { Catalog } from "../spec/catalog";
import { problem } from "../spec/problems";
import type { Recipe } from "../spec/recipe";
import type { EngineApi } from "./protocol";

export interface WeightsTools {
  readonly engine: Pick<EngineApi, "importWeights">;
  readonly catalog: Catalog;
  readonly note: (problem: Problem) => void;
  /** The recipe's normalisation was asked for by hand and stays. */
  readonly keepNormalize: boolean;
}

/** The recipe that begins from the file: the head starts fresh where it does not fit, unless the recipe says otherwise. */
export async function beginFrom(
  file: File,
  recipe: Recipe,
  { engine, catalog, note, keepNormalize }: WeightsTools,
): Promise<Result<Recipe, Problem>> {
  const { weights } = recipe.model;
  const fit = (weights.kind === "file" ? weights.fit : undefined) ?? "head";
  const named = { ...recipe, model: { ...recipe.model, weights: { kind: "file", name: file.name, fit } as const } };
  const read = await engine.importWeights(named, file, { fit, values: "finite" });
  if (!read.ok) return read;
  const { taken, matched, missing, misshapen, preprocessing, problems, better } = read.value;
  for (const one of problems) note(one);
  if (!taken) {
    const gaps = [...misshapen.map(({ name }) => name), ...missing];
    const hint = better ? ` ${better.label} fits better.` : "";
    const detail = `${matched} of ${matched + gaps.length} tensors of ${recipe.model.arch} are in ${file.name}; model.weights.fit=partial takes them.${hint}`;
    return err(problem("WEIGHTS_FIT", { detail, items: gaps, mend: [] }));
  }
  const known = catalog.normalizations.some(({ id }) => id === preprocessing?.normalize);
  if (!preprocessing || !known || keepNormalize || preprocessing.normalize === recipe.data.normalize) return ok(named);
  const detail = `data.normalize is ${preprocessing.normalize}, as ${file.name} expects.`;
  note(problem("WEIGHTS_PREPROCESSING", { detail, items: [detail], mend: [] }));
  return ok({ ...named, data: { ...named.data, normalize: preprocessing.normalize } });
}
