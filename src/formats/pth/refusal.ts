// Why a weight file is not taken: one code and the name of what is wrong, thrown within the parser and caught at its edge.
import type { Problem } from "../../base/problem";
import { err, type Result } from "../../base/result";
import { problem, type ProblemCode } from "../../spec/problems";

export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly problem: Problem;
  constructor(code: ProblemCode, item?: string, detail?: string) {
    super(code);
    this.code = code;
    this.problem = problem(code, {
      ...(item === undefined ? {} : { items: [item.slice(0, 200)] }),
      ...(detail === undefined ? {} : { detail }),
    });
  }
}

/** The value, or the refusal as a failure. */
export function refusable<T>(act: () => Result<T, Problem>): Result<T, Problem> {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof Refusal) return err(thrown.problem);
    throw thrown;
  }
}
