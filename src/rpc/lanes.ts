// Which of the engine's methods wait for which: calls of one lane run one after another, lanes beside each other.
import type { Answer, Method } from "./protocol";
import type { Problem } from "../base/problem";
import type { Result } from "../base/result";

/**
 * `now`: never waits. `work`: replaces data or weights, so it waits for a run to end. `look` and `model`: read what is
 * there, also while a run goes on (the session lets them in between two steps). `keep`: the kept project.
 */
export type Lane = "now" | "work" | "look" | "model" | "keep";

export const LANES = {
  start: "now",
  catalog: "now",
  control: "now",
  cancelOpening: "now",
  openProject: "keep",
  saveProject: "keep",
  deleteProject: "keep",
  openSource: "work",
  reconnect: "work",
  prepare: "work",
  run: "work",
  importWeights: "work",
  useHub: "work",
  listHub: "now",
  fetchHub: "now",
  cancelHub: "now",
  forgetHub: "now",
  guess: "look",
  outline: "look",
  adaptRecipe: "look",
  preview: "look",
  walk: "look",
  tryAugment: "look",
  thumbnails: "look",
  seen: "look",
  listItems: "look",
  itemFacts: "look",
  itemValues: "look",
  batchValues: "look",
  labelFacts: "look",
  pictureSizes: "look",
  unmatched: "look",
  describeModel: "look",
  leaveRun: "keep",
  interpret: "model",
  predictTest: "model",
  exportWeights: "model",
  exportMasks: "model",
} as const satisfies Readonly<Record<Method, Lane>>;

type AnswersResult<M extends Method> = Answer<M> extends Result<unknown, Problem> ? true : false;

/** Whose answer is a Result, so that a failure on the way is an answer too. */
export const ANSWERS_RESULT: { readonly [M in Method]: AnswersResult<M> } = {
  start: true,
  catalog: false,
  control: false,
  cancelOpening: false,
  leaveRun: false,
  openProject: false,
  saveProject: true,
  deleteProject: false,
  openSource: true,
  reconnect: false,
  prepare: false,
  run: true,
  importWeights: true,
  useHub: true,
  listHub: false,
  fetchHub: true,
  cancelHub: false,
  forgetHub: false,
  guess: false,
  outline: false,
  adaptRecipe: false,
  preview: false,
  walk: false,
  tryAugment: true,
  thumbnails: false,
  seen: false,
  listItems: false,
  itemFacts: false,
  itemValues: false,
  batchValues: true,
  labelFacts: false,
  pictureSizes: false,
  unmatched: false,
  describeModel: true,
  interpret: true,
  predictTest: true,
  exportWeights: true,
  exportMasks: true,
};

export const METHODS = Object.keys(LANES) as readonly Method[];
