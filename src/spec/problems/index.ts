// The catalogue of every problem by code, and the one way to make a Problem.
import type { Problem } from "../../base/problem";
import { ARCHIVE_PROBLEMS } from "./archiveProblems";
import { DATA_PROBLEMS } from "./dataProblems";
import { fromEntry, type ProblemEntry, type ProblemFacts } from "./entry";
import { IMAGE_PROBLEMS } from "./imageProblems";
import { RECIPE_PROBLEMS } from "./recipeProblems";
import { TABLE_PROBLEMS } from "./tableProblems";
import { TARGET_PROBLEMS } from "./targetProblems";
import { TRAINING_PROBLEMS } from "./trainingProblems";
import { WEIGHT_PROBLEMS } from "./weightProblems";

export const PROBLEMS = {
  ...ARCHIVE_PROBLEMS,
  ...DATA_PROBLEMS,
  ...IMAGE_PROBLEMS,
  ...RECIPE_PROBLEMS,
  ...TABLE_PROBLEMS,
  ...TARGET_PROBLEMS,
  ...TRAINING_PROBLEMS,
  ...WEIGHT_PROBLEMS,
} as const satisfies Record<string, ProblemEntry>;

export type ProblemCode = keyof typeof PROBLEMS;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

/** The Problem of a code, with the facts of the case. */
export function problem(code: ProblemCode, facts?: ProblemFacts): Problem {
  return fromEntry(code, PROBLEMS[code], facts);
}
