// `npm start`: builds the studio when needed, serves it on this machine and opens the browser where there is one.
import { spawn } from "node:child_process";
import { freshDist } from "./freshDist.mjs";
import { serve } from "./serve.mjs";

/** The port to try first, so that the address (and what the browser keeps for it) stays the same from day to day. */
const usualPort = Number(process.env["PORT"] ?? 4180);

const folder = freshDist();
const options = { mounts: { "/": folder } };
const server = await serve({ ...options, port: usualPort }).catch((/** @type {NodeJS.ErrnoException} */ error) => {
  if (error.code !== "EADDRINUSE") throw error;
  console.log(`Port ${usualPort} is taken, so this is another address than last time: projects kept there stay there.`);
  return serve(options);
});
console.log(
  `\n  Glasshouse is at ${server.origin}/\n\n  Nothing you open there leaves this machine. Stop with Ctrl+C.\n`,
);
openBrowser(`${server.origin}/`);

/**
 * Opens the person's browser; where there is none, the printed address is enough.
 * @param {string} url
 */
function openBrowser(url) {
  if (process.env["CI"] || process.env["BROWSER"] === "none") return;
  if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"]) return;
  const [command, ...args] =
    process.platform === "darwin"
      ? ["open", url]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", url]
        : ["xdg-open", url];
  const child = spawn(command ?? "", args, { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
