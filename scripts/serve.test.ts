// The static server: sub-paths, folders, content types, and no way out of what it serves.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serve } from "./serve.mjs";

const folder = mkdtempSync(join(tmpdir(), "serve-"));
let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(folder, "site", "deep"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "site", "index.html"), "<h1>home</h1>");
  writeFileSync(join(folder, "site", "deep", "a b.js"), "export {};");
  server = await serve({
    mounts: { "/some/path/": join(folder, "site"), "/some/path/more/": join(folder, "site/deep") },
  });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** Status, type and body of a path that is sent exactly as it is written. */
function ask(path: string): Promise<{ status: number | undefined; type: string | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port: server.port, path }, (response) => {
      let body = "";
      response.on("data", (part: Buffer) => (body += part.toString()));
      response.on("end", () => resolve({ status: response.statusCode, type: response.headers["content-type"], body }));
    }).on("error", reject);
  });
}

describe("serve", () => {
  it("answers a folder with its page and a file with its type", async () => {
    expect(await ask("/some/path/")).toEqual({ status: 200, type: "text/html; charset=utf-8", body: "<h1>home</h1>" });
    expect(await ask("/some/path/deep/a%20b.js?x=1")).toMatchObject({
      status: 200,
      type: "text/javascript; charset=utf-8",
    });
  });

  it("lets the longest sub-path win", async () => {
    expect((await ask("/some/path/more/a%20b.js")).status).toBe(200);
  });

  it.each([
    "/",
    "/some/path",
    "/some/path/../../secret.txt",
    "/some/path/..%2f..%2fsecret.txt",
    "/some/path/%2e%2e/secret.txt",
    "/some/path/deep",
    "/some/path/%zz",
  ])("has nothing at %s", async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it("logs every request", async () => {
    await ask("/some/path/never?secret");
    expect(server.log.at(-1)).toBe("GET /some/path/never?secret");
  });
});
