// The catalogue against a server of this machine: fetched whole, cut off, gone on with, stopped; one kind of request only.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { HUB_ENTRIES, type HubState } from "../spec/hub";
import { memoryStore } from "../storage/memoryStore";
import { createHubDesk } from "./hubDesk";

const id = HUB_ENTRIES[0]!.id;
const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 251);
const hash = createHash("sha256").update(content).digest("hex");

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
let handler: Handler;
let log: string[];
let server: ReturnType<typeof createServer>;
let base: string;

beforeEach(async () => {
  log = [];
  server = createServer((request, response) => {
    log.push(`${request.method} ${request.url} ${request.headers.range ?? "-"}`);
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const from = ({ headers }: IncomingMessage): number => Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);

/** Sends the file, or the rest of it; with `upTo`, the connection breaks there. */
const serve =
  (bytes: Uint8Array, upTo = bytes.length): Handler =>
  (request, response) => {
    const at = from(request);
    if (at >= bytes.length) return void response.writeHead(416).end();
    response.writeHead(at > 0 ? 206 : 200, {
      "content-length": bytes.length - at,
      ...(at > 0 ? { "content-range": `bytes ${at}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    if (upTo >= bytes.length) return void response.end(bytes.subarray(at));
    response.write(bytes.subarray(at, upTo), () => setTimeout(() => response.destroy(), 30));
  };

function rig(address = base, onProgress: (state: HubState) => void = () => undefined) {
  const files = memoryStore();
  let now = 0;
  const make = () => createHubDesk({ files: async () => files, base: address, onProgress, clock: () => (now += 1000) });
  return { desk: make(), again: make };
}

describe("the hub desk", () => {
  it("asks nobody before a fetch, then sends one plain GET, and keeps the file with its hash", async () => {
    handler = serve(content);
    const seen: number[] = [];
    const { desk, again } = rig(base, ({ kept }) => seen.push(kept));
    expect((await desk.list()).states.every(({ kept }) => kept === 0)).toBe(true);
    expect(log).toEqual([]);
    expect(await desk.file(id)).toBeNull();
    const state = unwrap(await desk.fetch(id));
    expect(state).toEqual({ id, kept: content.length, total: content.length, complete: true, sha256: hash });
    expect(log).toEqual([`GET /${id}/resolve/${HUB_ENTRIES[0]!.revision}/model.safetensors -`]);
    expect(seen.length).toBeGreaterThan(0);
    const file = await again().file(id);
    expect(file && [file.name, new Uint8Array(await file.arrayBuffer())]).toEqual([id, content]);
    // Kept: asking again asks nobody.
    expect(unwrap(await again().fetch(id)).sha256).toBe(hash);
    expect(log).toHaveLength(1);
  });

  it("goes on where the connection broke", async () => {
    handler = serve(content, 100_000);
    const { desk, again } = rig();
    expect(await desk.fetch(id)).toMatchObject({ ok: false, error: { code: "HUB_FAILED" } });
    expect((await desk.list()).states[0]).toMatchObject({ kept: 100_000, complete: false });
    handler = serve(content);
    expect(unwrap(await again().fetch(id)).sha256).toBe(hash);
    expect(log[1]).toMatch(/bytes=100000-$/);
  });

  it("begins anew where the hub knows no parts, or has another file by now", async () => {
    for (const second of [
      ((_request, response) => void response.writeHead(200).end(content)) as Handler,
      serve(content.subarray(0, 50_000)),
    ]) {
      handler = serve(content, 100_000);
      const { desk } = rig();
      await desk.fetch(id);
      handler = second;
      const state = unwrap(await desk.fetch(id));
      expect(state.complete).toBe(true);
      expect(state.sha256).toBe(state.kept === content.length ? hash : createHash("sha256").update(content.subarray(0, 50_000)).digest("hex")); // prettier-ignore
    }
  });

  it("stops when told to, and keeps what came", async () => {
    const { desk } = rig(base, () => desk.cancel(id));
    handler = (_request, response) => {
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, 60_000));
    };
    expect(await desk.fetch(id)).toMatchObject({ ok: false, error: { code: "HUB_CANCELLED" } });
    expect((await desk.list()).states[0]?.kept).toBeGreaterThan(0);
    await desk.forget(id);
    expect((await desk.list()).states[0]).toMatchObject({ kept: 0, total: null });
  });

  it("says what the hub answered, that it is off, and knows no other addresses", async () => {
    handler = (_request, response) => void response.writeHead(404).end();
    expect(await rig().desk.fetch(id)).toMatchObject({ ok: false, error: { code: "HUB_FAILED", detail: expect.stringContaining("404") } }); // prettier-ignore
    expect(await rig("").desk.fetch(id)).toMatchObject({ ok: false, error: { code: "HUB_OFF" } });
    expect((await rig("").desk.list()).host).toBeNull();
    expect(await rig().desk.fetch("somebody/else")).toMatchObject({ ok: false, error: { code: "HUB_OFF" } });
    expect(log).toHaveLength(1);
  });
});
