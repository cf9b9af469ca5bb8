// Finds a Chromium to drive, or installs one, and knows the flags it needs for WebGPU.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/**
 * @typedef {{ path: string, how: string }} Found
 */

/** Command names of Chromium-like browsers on the PATH of Linux and the BSDs. */
const commands = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
  "brave-browser",
];

/** Where installers put the browser on macOS and Windows; a snap wrapper on Linux is found on the PATH. */
function usualPlaces() {
  if (process.platform === "darwin") {
    const apps = [
      "Google Chrome.app/Contents/MacOS/Google Chrome",
      "Chromium.app/Contents/MacOS/Chromium",
      "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
      "Brave Browser.app/Contents/MacOS/Brave Browser",
    ];
    const roots = ["/Applications", join(process.env["HOME"] ?? "", "Applications")];
    return roots.flatMap((root) => apps.map((app) => join(root, app)));
  }
  if (process.platform === "win32") {
    const apps = ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"];
    const roots = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"].map((name) => process.env[name]);
    return roots.filter((root) => root !== undefined).flatMap((root) => apps.map((app) => join(root, app)));
  }
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  return commands.flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)));
}

/** @returns {Found | undefined} Playwright's own download, when it is there. */
function playwrightsOwn() {
  const path = chromium.executablePath();
  return path && existsSync(path) ? { path, how: "Playwright's download" } : undefined;
}

/**
 * The browser to use: `CHROME_PATH`, the usual places, Playwright's own download; nothing is installed.
 * @returns {Found | undefined}
 */
export function findChromium() {
  const named = process.env["CHROME_PATH"];
  if (named) {
    if (existsSync(named)) return { path: named, how: "CHROME_PATH" };
    throw new Error(`CHROME_PATH names ${named}, and there is no such file.`);
  }
  const path = usualPlaces().find((place) => existsSync(place));
  return path ? { path, how: "found on this machine" } : playwrightsOwn();
}

/**
 * Installs a browser: Playwright's download, else the system's package manager where we may use it.
 * @returns {Found | undefined}
 */
function installChromium() {
  console.error("No Chromium found. Installing one with: npx playwright install chromium");
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = { stdio: ["ignore", 2, 2], shell: process.platform === "win32" };
  const root = process.getuid?.() === 0;
  const withDeps = root && process.platform === "linux" ? ["--with-deps"] : [];
  spawnSync(npx, ["playwright", "install", ...withDeps, "chromium"], options);
  const own = playwrightsOwn();
  if (own && starts(own.path)) return { ...own, how: "installed with Playwright" };
  if (root && existsSync("/usr/bin/apt-get")) {
    console.error("That did not work. Installing one with: apt-get install chromium");
    spawnSync("apt-get", ["update", "-q"], options);
    spawnSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options);
    if (existsSync("/usr/bin/chromium")) return { path: "/usr/bin/chromium", how: "installed with apt-get" };
  }
  return undefined;
}

/**
 * Whether the program runs at all (a download may lack system libraries).
 * @param {string} path
 */
function starts(path) {
  try {
    execFileSync(path, ["--version"], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * The browser to use, installed if there is none; throws with what to do when that fails too.
 * @returns {Found}
 */
export function ensureChromium() {
  const found = findChromium() ?? installChromium();
  if (found) return found;
  throw new Error("No Chromium could be found or installed. Install Chrome or Chromium, or set CHROME_PATH to one.");
}

/** The GPU that tests drive: software, because it is the same everywhere, unless GLASSHOUSE_GPU=real. */
const usualGpu = process.env["GLASSHOUSE_GPU"] === "real" ? "real" : "software";

/** @type {Record<"real" | "software", string[]>} */
const gpuFlags = {
  real: ["--ignore-gpu-blocklist", ...(process.platform === "linux" ? ["--enable-features=Vulkan"] : [])],
  software: ["--use-webgpu-adapter=swiftshader"],
};

/**
 * Command-line flags: no background traffic, WebGPU on, and the kind of adapter.
 * @param {"real" | "software"} gpu
 */
export function chromiumFlags(gpu = usualGpu) {
  return [
    ...(process.platform === "linux" ? ["--no-sandbox"] : []),
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-webgpu",
    ...gpuFlags[gpu],
  ];
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { path, how } = ensureChromium();
  console.error(`Chromium: ${path} (${how})`);
  console.log(path);
}
