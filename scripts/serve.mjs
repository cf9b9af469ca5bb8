// A small static server for the built site: any sub-path, right content types, and a log of every request.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

const contentTypes = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
});

/**
 * The file that a URL path names below `folder`, or null: no escape upwards, a folder means its index.html.
 * @param {string} folder
 * @param {string} path
 * @returns {{ file: string, size: number } | null}
 */
function fileFor(folder, path) {
  const file = normalize(join(folder, path));
  if (file !== normalize(folder) && !file.startsWith(normalize(folder + sep))) return null;
  try {
    const stat = statSync(file);
    if (stat.isFile()) return { file, size: stat.size };
    return path === "" || path.endsWith("/") ? fileFor(folder, join(path, "index.html")) : null;
  } catch {
    return null;
  }
}

/**
 * Serves folders under URL prefixes ("/" or "/some/path/"); the longest prefix wins.
 * @param {{ mounts: Record<string, string>, port?: number, host?: string }} options
 * @returns {Promise<{ origin: string, port: number, log: string[], close: () => Promise<void> }>}
 */
export async function serve({ mounts, port = 0, host = "127.0.0.1" }) {
  /** @type {string[]} */
  const log = [];
  const prefixes = Object.entries(mounts).sort(([a], [b]) => b.length - a.length);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://host").pathname;
    log.push(`${request.method} ${request.url}`);
    const mount = prefixes.find(([prefix]) => path.startsWith(prefix));
    const found = mount && fileFor(mount[1], safeDecode(path.slice(mount[0].length)));
    if (!found || (request.method !== "GET" && request.method !== "HEAD")) {
      response.writeHead(found ? 405 : 404, { "content-type": "text/plain" }).end("Not here.\n");
      return;
    }
    response.writeHead(200, {
      "content-type": contentTypes[extname(found.file)] ?? "application/octet-stream",
      "content-length": found.size,
      "cache-control": "no-cache",
    });
    if (request.method === "HEAD") response.end();
    else createReadStream(found.file).pipe(response);
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return {
    origin: `http://${host === "127.0.0.1" ? "localhost" : host}:${bound}`,
    port: bound,
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param {string} path */
function safeDecode(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
