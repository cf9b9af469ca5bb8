// `npm test`: every check and every ring of tests, in order; stops at the first failure and sums up at the end.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureChromium } from "./chromium.mjs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, args: string[], env?: Record<string, string>, unless?: () => string, counts?: () => Counts }} Step
 */

const root = join(import.meta.dirname, "..");
const reports = join(root, ".cache", "reports");

/** @param {string} name */
const report = (name) => join(reports, `${name}.json`);
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(report(name), "utf8"));
/** @param {string} path */
const tool = (path) => join(root, "node_modules", path);

/**
 * One vitest project, with the runner's own words and a report for us.
 * @param {string} project
 * @returns {Step}
 */
function vitest(project) {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report(project)}`];
  return {
    name: `${project} ring`,
    args: [tool("vitest/vitest.mjs"), "run", "--project", project, ...reporters],
    counts() {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read(project);
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  };
}

/** @type {Step[]} */
const steps = [
  { name: "format", args: [tool("prettier/bin/prettier.cjs"), "--check", "--log-level=warn", "."] },
  { name: "types", args: [tool("typescript/bin/tsc"), "--noEmit"] },
  { name: "lint", args: [tool("oxlint/bin/oxlint"), "--deny-warnings"] },
  { name: "knip", args: [tool("knip/bin/knip.js")] },
  vitest("node"),
  vitest("gpu"),
  {
    name: "parity",
    args: [join(root, "parity", "run.mjs"), "--quick", "--report", report("parity")],
    unless: () => existsSync(join(root, "..", "shared", "reference", "meta.json")) ? "" : "there is no reference beside the repository", // prettier-ignore
    counts: () => read("parity"),
  },
  { name: "build", args: [tool("vite/bin/vite.js"), "build"] },
  {
    name: "e2e ring",
    args: [tool("@playwright/test/cli.js"), "test", "--reporter=list,json"],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report("e2e") },
    counts() {
      const { expected, unexpected, flaky, skipped } = read("e2e").stats;
      return { passed: expected + flaky, failed: unexpected, skipped };
    },
  },
];

/**
 * Runs one step; a failure that no test reported counts as one.
 * @param {Step} step
 * @param {Record<string, string>} environment
 */
function run(step, environment) {
  console.log(`\n── ${step.name} ${"─".repeat(Math.max(0, 96 - step.name.length))}`);
  const started = performance.now();
  const why = step.unless?.() ?? "";
  if (why !== "") {
    console.log(`· ${step.name}: skipped, ${why}`);
    return { name: step.name, ok: true, seconds: 0, counts: { passed: 0, failed: 0, skipped: 1 } };
  }
  const env = { ...process.env, ...environment, ...step.env };
  const { status } = spawnSync(process.execPath, step.args, { cwd: root, stdio: "inherit", env });
  const seconds = (performance.now() - started) / 1000;
  const none = { passed: 0, failed: 0, skipped: 0 };
  const counts = step.counts ? countsOf(step.counts) : none;
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  const ok = status === 0 && counts.failed === 0;
  console.log(`${ok ? "✓" : "✗"} ${step.name}: ${ok ? "passed" : "failed"} in ${seconds.toFixed(1)} s`);
  return { name: step.name, ok, seconds, counts };
}

/**
 * The counts of a ring, or one failure where the runner left no report.
 * @param {() => Counts} counts
 */
function countsOf(counts) {
  try {
    return counts();
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((word) => !steps.some((step) => step.name.split(" ")[0] === word));
if (unknown.length > 0) {
  console.error(
    `There is no step ${unknown.join(", ")}. Steps: ${steps.map((step) => step.name.split(" ")[0]).join(" ")}`,
  );
  process.exit(2);
}
const chosen = steps.filter((step) => wanted.length === 0 || wanted.includes(step.name.split(" ")[0] ?? ""));

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** @type {Record<string, string>} */
const environment = {};
if (chosen.some((step) => /gpu|parity|e2e/.test(step.name))) {
  const { path, how } = ensureChromium();
  console.log(`Chromium: ${path} (${how})`);
  environment["CHROME_PATH"] = path;
}

/** @type {ReturnType<typeof run>[]} */
const results = [];
for (const step of chosen) {
  const result = run(step, environment);
  results.push(result);
  if (!result.ok) break;
}

console.log(`\n── summary ${"─".repeat(89)}`);
for (const { name, ok, seconds, counts } of results) {
  const { passed, failed, skipped } = counts;
  const tests = passed + failed + skipped > 0 ? `${passed} passed, ${failed} failed, ${skipped} skipped` : "";
  console.log(`${ok ? "✓" : "✗"} ${name.padEnd(10)} ${`${seconds.toFixed(1)} s`.padStart(9)}   ${tests}`);
}
for (const { name } of chosen.slice(results.length)) console.log(`· ${name.padEnd(10)}   not run`);

/** @param {keyof Counts} key */
const sum = (key) => results.reduce((total, { counts }) => total + counts[key], 0);
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
process.exit(results.every(({ ok }) => ok) ? 0 : 1);
