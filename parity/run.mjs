// Compares everything we compute with a reference directory: npm run parity -- [--reference DIR] [--backend webgpu|cpu|both]
// [--only PATTERN] [--quick] [--report FILE] [--mutate]. Exits with 1 on any miss. --mutate checks the suite itself: it
// makes one constant of ours wrong at a time (those that --only matches) and exits with 1 where that goes unnoticed.
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { chromiumFlags, ensureChromium } from "../scripts/chromium.mjs";
import { checkMutations } from "./mutate.mjs";
import { createPrinter } from "./print.mjs";
import { bundle, serve } from "./serve.mjs";

const { values: flags } = parseArgs({
  options: {
    reference: { type: "string", default: resolve(import.meta.dirname, "../../shared/reference") },
    backend: { type: "string", default: "webgpu" },
    only: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
    report: { type: "string" },
    mutate: { type: "boolean", default: false },
  },
});

const directory = resolve(flags.reference);
if (!existsSync(join(directory, "meta.json")) || !statSync(directory).isDirectory()) {
  console.error(
    `There is no reference in ${directory}: a directory with meta.json is expected. Name one with --reference DIR.`,
  );
  process.exit(2);
}
const backends = flags.backend === "both" ? ["webgpu", "cpu"] : [flags.backend];

const browser = await chromium.launch({ executablePath: ensureChromium().path, args: chromiumFlags() });

/**
 * Runs cases in a fresh page and tells what comes out.
 * @param {string} url
 * @param {{ backend: string, only: string, quick: boolean }} options
 * @param {(event: import("./print.mjs").ParityEvent) => void} tell
 */
async function runPage(url, options, tell) {
  const page = await browser.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "log") console.log(message.text());
  });
  page.on("pageerror", (error) => console.error(error));
  await page.exposeFunction("tell", tell);
  await page.goto(url);
  await page.waitForFunction("globalThis.runParity");
  await page.evaluate(`globalThis.runParity(${JSON.stringify(options)})`);
  await page.close();
}

async function compareAll() {
  const printer = createPrinter();
  const server = await serve(await bundle(), directory);
  for (const backend of backends) {
    const started = performance.now();
    await runPage(server.url, { backend, only: flags.only, quick: flags.quick }, printer.print);
    console.log(`\n${backend}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  server.close();
  printer.summary();
  if (flags.report) writeFileSync(flags.report, JSON.stringify(printer.counts));
  return printer.counts.failed;
}

try {
  const missed = flags.mutate
    ? await checkMutations({
        reference: directory,
        only: flags.only,
        runPage: (url, only, onCase) =>
          runPage(url, { backend: "webgpu", only, quick: false }, (event) => {
            if (event.kind === "case") onCase(event);
          }),
      })
    : await compareAll();
  process.exitCode = missed > 0 ? 1 : 0;
} finally {
  await browser.close();
}
