// Runs the benchmarks in a headless Chromium: node bench/run.mjs [conv|step|budget …] [--ratios] [--times] [--profile].
//
// Counts (dispatches, bytes, uploads) are exact on any machine and always printed. Times mean something on a real GPU
// only (GLASSHOUSE_GPU=real); on a software adapter --ratios prints ours / stock, --times milliseconds.
import { createServer } from "node:http";
import { resolve } from "node:path";
import { chromium } from "playwright-core";
import { build } from "vite";
import { chromiumFlags, ensureChromium } from "../scripts/chromium.mjs";

const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith("--")));
const names = process.argv.slice(2).filter((word) => !word.startsWith("--"));

const built = await build({
  configFile: false,
  logLevel: "error",
  root: resolve(import.meta.dirname, ".."),
  build: {
    write: false,
    minify: false,
    modulePreload: false,
    lib: { entry: resolve(import.meta.dirname, "page.ts"), formats: ["es"] },
  },
});
const [output] = Array.isArray(built) ? built : [];
const code = output?.output[0].code ?? "";

const server = createServer((request, response) => {
  const script = request.url === "/page.js";
  response.setHeader("content-type", script ? "text/javascript" : "text/html");
  response.end(script ? code : "<!doctype html><script type=module src=/page.js></script>");
}).listen(0);
const address = server.address();
const port = typeof address === "object" ? address?.port : undefined;

const { path } = ensureChromium();
const browser = await chromium.launch({ executablePath: path, args: chromiumFlags() });
try {
  const page = await browser.newPage();
  page.on("console", (message) => console.log(message.text()));
  page.on("pageerror", (error) => console.error(error));
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction("globalThis.runBenches");
  const options = {
    names,
    ratios: flags.has("--ratios"),
    times: flags.has("--times"),
    profile: flags.has("--profile"),
  };
  await page.evaluate(`globalThis.runBenches(${JSON.stringify(options)})`);
} finally {
  await browser.close();
  server.close();
}
