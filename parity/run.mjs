// Compares everything we compute with a reference directory: npm run parity -- [--reference DIR] [--backend webgpu|cpu|both]
// [--only PATTERN] [--quick] [--report FILE]. Exits with 1 on any miss.
import { existsSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { chromiumFlags, ensureChromium } from "../scripts/chromium.mjs";
import { createPrinter } from "./print.mjs";
import { bundle, serve } from "./serve.mjs";

const { values: flags } = parseArgs({
  options: {
    reference: { type: "string", default: resolve(import.meta.dirname, "../../shared/reference") },
    backend: { type: "string", default: "webgpu" },
    only: { type: "string", default: "" },
    quick: { type: "boolean", default: false },
    report: { type: "string" },
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

const printer = createPrinter();
const server = await serve(await bundle(), directory);
const browser = await chromium.launch({ executablePath: ensureChromium().path, args: chromiumFlags() });
try {
  for (const backend of backends) {
    const started = performance.now();
    const page = await browser.newPage();
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "log") console.log(message.text());
    });
    page.on("pageerror", (error) => console.error(error));
    await page.exposeFunction("tell", printer.print);
    await page.goto(server.url);
    await page.waitForFunction("globalThis.runParity");
    const options = { backend, only: flags.only, quick: flags.quick };
    await page.evaluate(`globalThis.runParity(${JSON.stringify(options)})`);
    await page.close();
    console.log(`\n${backend}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
} finally {
  await browser.close();
  server.close();
}
printer.summary();
if (flags.report) writeFileSync(flags.report, JSON.stringify(printer.counts));
process.exitCode = printer.counts.failed > 0 ? 1 : 0;
