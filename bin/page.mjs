// Opens the built site's headless page in a browser without a window, gives it data and asks it to train.
import { resolve } from "node:path";
import { chromium } from "playwright-core";
import { chromiumFlags, ensureChromium } from "../scripts/chromium.mjs";
import { freshDist } from "../scripts/freshDist.mjs";
import { serve } from "../scripts/serve.mjs";

/**
 * @typedef {import("../src/rpc/headlessApi").HeadlessApi} HeadlessApi
 * @typedef {import("../src/rpc/headlessApi").HeadlessRequest} HeadlessRequest
 * @typedef {import("../src/rpc/headlessApi").HeadlessResult} HeadlessResult
 * @typedef {import("../src/rpc/headlessApi").HeadlessEvent} HeadlessEvent
 * @typedef {Window & { glasshouse?: HeadlessApi }} StudioWindow
 */

/** Bytes of weights fetched from the page at a time. */
const chunkSize = 8 << 20;

/**
 * Opens the page; on this machine's GPU when there is one and none is named.
 * @param {{ gpu: import("./arguments.mjs").GpuKind, onEvent: (event: HeadlessEvent) => void }} options
 */
export async function openPage({ gpu, onEvent }) {
  const server = await serve({ mounts: { "/": freshDist() } });
  const kinds = gpu === "auto" ? /** @type {const} */ (["real", "software"]) : [gpu];
  for (const kind of kinds) {
    const opened = await launch(kind, `${server.origin}/headless.html`, onEvent);
    if (kind === kinds.at(-1) || (await hasAdapter(opened.page))) return { ...studio(opened), close: closeAll(opened) };
    await opened.browser.close();
  }
  throw new Error("unreachable: the last kind is always taken");

  /** @param {{ browser: import("playwright-core").Browser }} opened */
  function closeAll({ browser }) {
    return async () => {
      await browser.close();
      await server.close();
    };
  }
}

/**
 * @param {"real" | "software"} kind
 * @param {string} url
 * @param {(event: HeadlessEvent) => void} onEvent
 */
async function launch(kind, url, onEvent) {
  const browser = await chromium.launch({ executablePath: ensureChromium().path, args: chromiumFlags(kind) });
  const page = await browser.newPage();
  await page.exposeFunction("__glasshouse_event", (/** @type {string} */ json) => onEvent(JSON.parse(json)));
  page.on("pageerror", (error) => process.stderr.write(`\npage: ${error.message}\n`));
  page.on("console", (message) => {
    if (message.type() === "error") process.stderr.write(`\npage: ${message.text()}\n`);
  });
  await page.goto(url);
  await page.waitForFunction(() => /** @type {StudioWindow} */ (window).glasshouse !== undefined);
  return { browser, page };
}

/** @param {import("playwright-core").Page} page */
function hasAdapter(page) {
  return page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
}

/**
 * What can be asked of the open page.
 * @param {{ browser: import("playwright-core").Browser, page: import("playwright-core").Page }} opened
 */
function studio({ browser, page }) {
  const crashed = new Promise((_, reject) => {
    page.once("crash", () => reject(new Error("The browser ran out of memory or crashed while training.")));
    browser.once("disconnected", () => reject(new Error("The browser was closed while training.")));
  });
  crashed.catch(() => undefined);
  return {
    version: browser.version(),

    /**
     * Drops a real folder or file on the page, which gets a handle and walks it by itself.
     * @param {string} path
     */
    async drop(path) {
      const session = await page.context().newCDPSession(page);
      const data = { items: [], files: [resolve(path)], dragOperationsMask: 1 };
      for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"]))
        await session.send("Input.dispatchDragEvent", { type, x: 100, y: 100, data });
      await session.detach();
    },

    /**
     * Gives the page a weight file to begin from.
     * @param {string} path
     */
    giveWeights: (path) => page.setInputFiles("#weights", resolve(path)),

    /**
     * @param {HeadlessRequest} request
     * @returns {Promise<HeadlessResult>}
     */
    train: (request) => Promise.race([page.evaluate(runInPage, request), crashed]),

    /**
     * The trained weights, a part at a time.
     * @param {number} bytes
     */
    weights: (bytes) => chunks(bytes, (range) => page.evaluate(weightsInPage, range)),

    /**
     * The zip of predicted masks, a part at a time.
     * @param {number} bytes
     */
    masks: (bytes) => chunks(bytes, (range) => page.evaluate(masksInPage, range)),
  };
}

/**
 * @param {number} bytes
 * @param {(range: readonly [number, number]) => Promise<string>} read base64
 */
async function* chunks(bytes, read) {
  for (let offset = 0; offset < bytes; offset += chunkSize)
    yield Buffer.from(await read([offset, Math.min(chunkSize, bytes - offset)]), "base64");
}

/** @param {HeadlessRequest} request */
function runInPage(request) {
  const { glasshouse } = /** @type {StudioWindow} */ (window);
  if (!glasshouse) throw new Error("The headless page is not ready.");
  return glasshouse.train(request);
}

/** @param {readonly [number, number]} range */
function weightsInPage([offset, length]) {
  const { glasshouse } = /** @type {StudioWindow} */ (window);
  if (!glasshouse) throw new Error("The headless page is not ready.");
  return glasshouse.weights(offset, length);
}

/** @param {readonly [number, number]} range */
function masksInPage([offset, length]) {
  const { glasshouse } = /** @type {StudioWindow} */ (window);
  if (!glasshouse) throw new Error("The headless page is not ready.");
  return glasshouse.masks(offset, length);
}
