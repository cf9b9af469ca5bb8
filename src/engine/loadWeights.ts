// Starts a fresh model from the weights that its recipe names, as far as the recipe agrees to.
import type { Problem } from "../base/problem";
import { err, ok, type Result } from "../base/result";
import { fitState } from "../nn/fit/fitState";
import type { Module } from "../nn/module";
import { loadStateDict, stateShapes } from "../nn/stateDict";
import { problem } from "../spec/problems";
import type { ModelSpec, Recipe } from "../spec/recipe";
import { isAllowed, type GivenWeights } from "./weightsDesk";

const none = {
  label: "Begin without weights",
  action: { do: "setRecipe", path: "model.weights", value: { kind: "none" } },
} as const;

const absent = (name: string): Problem =>
  problem("WEIGHTS_FIT", {
    title: "The weights of this recipe are not here.",
    detail: `It begins from ${name}: drop that file on the page, or begin without weights.`,
    items: [name],
    mend: [none],
  });

/** What the file would have to be allowed, as buttons. */
function misfit(
  spec: ModelSpec,
  given: GivenWeights,
  fit: "head" | "partial" | "none",
  total: number,
  gaps: readonly string[],
): Problem {
  const agree = fit === "head" ? "Start a new head" : "Take the part that fits";
  const value = { kind: "file", name: given.name, fit };
  return problem("WEIGHTS_FIT", {
    detail: `${total - gaps.length} of ${total} tensors of ${spec.arch} are in ${given.name}; nothing was changed.`,
    items: gaps,
    mend: [
      ...(fit === "none" ? [] : [{ label: agree, action: { do: "setRecipe", path: "model.weights", value } } as const]),
      none,
    ],
  });
}

/** What the weights that a recipe names are called among those that were given. */
function nameOf(weights: Exclude<ModelSpec["weights"], { kind: "none" }>): string {
  return weights.kind === "hub" ? weights.id : weights.name;
}

/** Writes the given weights into the model; a recipe that wants none leaves it as it is. */
export function loadWeights(model: Module, spec: ModelSpec, given: GivenWeights | null): Result<null, Problem> {
  const { weights } = spec;
  if (weights.kind === "none") return ok(null);
  const name = nameOf(weights);
  if (given?.name !== name)
    return err(weights.kind === "hub" ? problem("HUB_ABSENT", { items: [weights.id] }) : absent(name));
  const consent = weights.kind === "hub" ? "head" : weights.fit;
  const wanted = stateShapes(model);
  const { state, report } = fitState(given.state, wanted, { name: given.name, bgr: given.preprocessing?.bgr ?? false });
  const { fit, missing, misshapen } = report;
  if (fit !== "whole" && !isAllowed(fit, consent))
    return err(misfit(spec, given, fit, wanted.size, [...misshapen.map(({ name }) => name), ...missing]));
  loadStateDict(model, state);
  return ok(null);
}

/** Says that the recipe's normalisation is not the weights'; null where it is, or where nothing is known. */
export function normalizationNote(recipe: Recipe, given: GivenWeights | null): Problem | null {
  const expected = given?.preprocessing;
  const { weights } = recipe.model;
  const begins = weights.kind !== "none" && nameOf(weights) === given?.name;
  if (!begins || !expected || expected.normalize === recipe.data.normalize) return null;
  return problem("WEIGHTS_NORMALIZE", {
    detail: `${given.name} ${expected.source === "stated" ? "was trained on" : "was probably trained on"} pictures normalised as "${expected.normalize}"; the recipe says "${recipe.data.normalize}".`,
    mend: [
      { label: "Normalise as the weights expect", action: { do: "setRecipe", path: "data.normalize", value: expected.normalize } }, // prettier-ignore
      { label: "Leave it", action: { do: "dismiss" } },
    ],
  });
}
