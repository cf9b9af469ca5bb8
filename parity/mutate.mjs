// The check of the suite itself: one wrong constant at a time, and whether the cases named for it fail.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { MUTATIONS } from "./mutations.mjs";
import { bundle, serve } from "./serve.mjs";

/**
 * @typedef {import("./mutations.mjs").Mutation} Mutation
 * @typedef {import("./print.mjs").CaseEvent} CaseEvent
 * @typedef {Awaited<ReturnType<typeof bundle>>} Bundle
 */

const source = resolve(import.meta.dirname, "..", "src");

/**
 * Replaces the text while the modules are bundled; throws where it does not stand exactly once.
 * @param {Mutation} mutation
 * @returns {import("vite").Plugin}
 */
function mutator({ what, file, find, replace }) {
  const path = join(source, file).replaceAll("\\", "/");
  const count = readFileSync(path, "utf8").split(find).length - 1;
  if (count !== 1) throw new Error(`${what}: the text stands ${count} times in src/${file}.`);
  let done = false;
  return {
    name: "parity:mutate",
    enforce: "pre",
    transform(code, id) {
      if (id.replaceAll("\\", "/") !== path) return null;
      done = true;
      return { code: code.replace(find, () => replace), map: null };
    },
    buildEnd() {
      if (!done) this.error(`${what}: src/${file} is not part of the suite.`);
    },
  };
}

/**
 * The clean bundle with the text replaced, or null where bundling rewrote the text so that it must be built again.
 * @param {Bundle} clean
 * @param {Mutation} mutation
 * @returns {Bundle | null}
 */
function replaced({ entry, scripts }, { find, replace }) {
  const places = [...scripts].filter(([, code]) => code.includes(find));
  const [place] = places;
  if (!place || places.length > 1 || place[1].split(find).length !== 2) return null;
  return { entry, scripts: new Map([...scripts, [place[0], place[1].replace(find, () => replace)]]) };
}

/** @param {readonly string[]} names */
const patternOf = (names) => `^(${names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})$`;

/**
 * Where a case missed, in a few words.
 * @param {CaseEvent} event
 */
function missOf({ name, message, verdicts }) {
  const missed = verdicts.filter(({ ok }) => !ok);
  if (missed.length === 0) return `${name}: ${message.split("\n")[0]}`;
  const words = missed.map(({ quantity, error, tolerance }) =>
    tolerance.measure === "exact"
      ? quantity
      : `${quantity} ${error.toExponential(1)} > ${tolerance.limit.toExponential(0)}`,
  );
  return `${name}: ${words.join(", ")}`;
}

/**
 * Runs every mutation (those whose words match `only`) and prints a table; returns how many survived.
 * @param {{ reference: string, only: string, runPage: (url: string, only: string, onCase: (event: CaseEvent) => void) => Promise<void> }} options
 */
export async function checkMutations({ reference, only, runPage }) {
  const chosen = MUTATIONS.filter(({ what, file }) => new RegExp(only).test(`${what} ${file}`));
  /** @param {readonly string[]} names @param {Bundle} page */
  const run = async (names, page) => {
    /** @type {CaseEvent[]} */
    const events = [];
    const server = await serve(page, reference);
    try {
      await runPage(server.url, patternOf(names), (event) => void events.push(event));
    } finally {
      server.close();
    }
    return events;
  };

  const names = [...new Set(chosen.flatMap(({ cases }) => cases))];
  const started = performance.now();
  const clean = await bundle();
  const unchanged = await run(names, clean);
  const absent = names.filter((name) => !unchanged.some((event) => event.name === name && event.ok));
  if (absent.length > 0) throw new Error(`These cases must pass before anything is changed: ${absent.join(", ")}`);
  console.log(`✓ unchanged: ${names.join(", ")} pass\n`);

  let survived = 0;
  for (const mutation of chosen) {
    const plugin = mutator(mutation);
    const events = await run(mutation.cases, replaced(clean, mutation) ?? (await bundle([plugin])));
    const unseen = mutation.cases.filter((name) => !events.some((event) => event.name === name && !event.ok));
    if (unseen.length > 0) survived += 1;
    console.log(
      `${unseen.length === 0 ? "✓ noticed " : "✗ SURVIVED"} ${mutation.what.padEnd(72)} src/${mutation.file}`,
    );
    for (const event of events.filter(({ ok }) => !ok)) console.log(`             ${missOf(event)}`);
    if (unseen.length > 0) console.log(`             not noticed by ${unseen.join(", ")}`);
  }
  console.log(
    `\n${chosen.length - survived} of ${chosen.length} mutations noticed, ${survived} survived; ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  return survived;
}
