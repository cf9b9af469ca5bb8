// Says whether dist/ is there and newer than everything it is built from, and builds it when it is not.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The built site. */
export const dist = join(root, "dist");

const sources = [
  "src",
  "public",
  "scripts/build",
  "index.html",
  "headless.html",
  "vite.config.ts",
  "package-lock.json",
];

/**
 * Time of the newest file at or below `path`, in milliseconds; tests do not count.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return /\.test\.tsx?$/.test(path) ? 0 : stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Whether dist/ exists and nothing it is built from has changed since. */
export function isFresh() {
  const built = join(dist, "index.html");
  if (!existsSync(built) || !existsSync(join(dist, "headless.html"))) return false;
  const time = statSync(built).mtimeMs;
  return sources.every((name) => !existsSync(join(root, name)) || newest(join(root, name)) <= time);
}

/** Builds the site (messages go to standard error); throws when that fails. */
export function build() {
  console.error("Building the site into dist/ …");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const { status } = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) throw new Error("The build failed; its messages are above.");
}

/** The folder of the built site, built first when it is missing or older than its sources. */
export function freshDist() {
  if (!isFresh()) build();
  return dist;
}
