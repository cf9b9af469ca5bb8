// A failure that a person can mend, as the studio says it, on standard error.

/** @typedef {import("../src/base/problem").Problem} Problem */

/** Carries a Problem up to the end of the program. */
export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.title);
    this.problem = problem;
  }
}

/**
 * A Problem of the runner itself, ready to be thrown.
 * @param {string} code
 * @param {string} title
 * @param {string} detail
 * @param {readonly string[]} [items]
 */
export function failure(code, title, detail, items = []) {
  return new ProblemError({ code, severity: "error", title, detail, items, total: items.length, mend: [] });
}

/**
 * The Problem of anything else that was thrown.
 * @param {unknown} error
 * @returns {Problem}
 */
export function toProblem(error) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const { problem } = failure("RUNNER", "The runner could not go on.", message.split("\n")[0] ?? message);
  return stack === undefined ? problem : { ...problem, debug: stack };
}

/**
 * Prints what happened, why, to which items, and what mends it; the stack only where GLASSHOUSE_DEBUG is set.
 * @param {Problem} problem
 */
export function printProblem({ code, title, detail, items, total, mend, debug }) {
  const more = total > items.length ? [`  … and ${total - items.length} more`] : [];
  const lines = [
    `Problem ${code}: ${title}`,
    detail,
    ...items.map((item) => `  - ${item}`),
    ...more,
    ...(mend.length > 0 ? ["What mends it:", ...mend.map(({ label }) => `  > ${label}`)] : []),
    ...(debug && process.env["GLASSHOUSE_DEBUG"] ? [debug] : []),
  ];
  process.stderr.write(`\n${lines.filter(Boolean).join("\n")}\n`);
}
