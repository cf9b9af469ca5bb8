// Bundles the parity page and serves it beside a reference directory.
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { build } from "vite";

/**
 * The page's scripts by file name, after the given plugins had their say.
 * @param {import("vite").Plugin[]} plugins
 */
export async function bundle(plugins = []) {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: resolve(import.meta.dirname, ".."),
    plugins,
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      lib: { entry: resolve(import.meta.dirname, "page.ts"), formats: ["es"], fileName: "page" },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  /** @type {Map<string, string>} */
  const scripts = new Map();
  for (const output of outputs) {
    if (!("output" in output)) continue;
    for (const chunk of output.output) if (chunk.type === "chunk") scripts.set(`/${chunk.fileName}`, chunk.code);
  }
  const entry = [...scripts.keys()].find((name) => name.startsWith("/page."));
  if (!entry) throw new Error("The bundle has no entry.");
  return { entry, scripts };
}

/**
 * Files under a folder, with forward slashes.
 * @param {string} folder
 */
function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

/**
 * Starts a server for the page; only files that are listed are served.
 * @param {{ entry: string, scripts: ReadonlyMap<string, string> }} page
 * @param {string} reference
 */
export async function serve({ entry, scripts }, reference) {
  const files = filesOf(reference);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "/");
    const script = scripts.get(path);
    const file = files.find((name) => path === `/reference/${name}`);
    if (script !== undefined) response.setHeader("content-type", "text/javascript").end(script);
    else if (path === "/reference/") response.setHeader("content-type", "application/json").end(JSON.stringify(files));
    else if (file) response.end(readFileSync(join(reference, file)));
    else if (path === "/")
      response.setHeader("content-type", "text/html").end(`<!doctype html><link rel=icon href=data:,><script type=module src=${entry}></script>`); // prettier-ignore
    else response.writeHead(404).end();
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(null)));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
