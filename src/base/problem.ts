// A failure that a person can cause or mend, as plain data: what, which, why, and buttons that mend it.

/** What a mending button does; the page carries it out. */
export type MendAction =
  | { readonly do: "setRecipe"; readonly path: string; readonly value: unknown }
  | { readonly do: "chooseFiles" }
  | { readonly do: "reconnect" }
  | { readonly do: "openScreen"; readonly screen: "data" | "model" | "train" | "inspect" | "share" }
  /** Takes the weight file that was given last, with this consent. */
  | {
      readonly do: "takeWeights";
      readonly fit: "whole" | "head" | "partial";
      readonly values: "finite" | "any";
    }
  | { readonly do: "retry" }
  | { readonly do: "resume" }
  | { readonly do: "restartEngine" }
  | { readonly do: "trySample"; readonly id: string }
  | { readonly do: "showItems" }
  | { readonly do: "download"; readonly name: string; readonly text: string }
  | { readonly do: "dismiss" };

export interface Mend {
  readonly label: string;
  readonly action: MendAction;
}

export interface Problem {
  /** Stable, upper snake case, e.g. `IMG_TRUNCATED`. */
  readonly code: string;
  readonly severity: "error" | "warning" | "note";
  /** One short sentence: what happened. */
  readonly title: string;
  /** One sentence: why, and what was kept. */
  readonly detail: string;
  /** Names of the files, rows or fields concerned (the first few; `total` counts all). */
  readonly items: readonly string[];
  readonly total: number;
  readonly mend: readonly Mend[];
  /** For "copy details" only; never shown first. */
  readonly debug?: string;
}

/** Carries a Problem through code that can only throw; caught once, at the edge. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.title}`);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** The Problem of anything that was thrown; our own bugs become `INTERNAL`. */
export function toProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  return {
    code: "INTERNAL",
    severity: "error",
    title: "Something in Glasshouse itself went wrong.",
    detail: `${error.message} Your data and recipe are kept.`,
    items: [],
    total: 0,
    mend: [{ label: "Restart the engine", action: { do: "restartEngine" } }],
    ...(error.stack === undefined ? {} : { debug: error.stack }),
  };
}
