// Nothing leaves: every way out is tried in the page and its workers, and another server's log stays empty.
import type { Page } from "@playwright/test";
import { startForeignServer, type ForeignServer } from "./fixtures/foreignServer";
import { expect, test } from "./fixtures/test";

let foreign: ForeignServer;
test.beforeAll(async () => {
  foreign = await startForeignServer();
});
test.afterAll(() => foreign.close());

/** Runs the canary as a module of the open page; returns every attempt. */
function phoneHome(page: Page, run: string): Promise<string[]> {
  return page.evaluate(
    async ([server, name]) => {
      const url = new URL("canary/canary.js", location.href).href;
      const canary = (await import(url)) as { phoneHome(server: string, run: string): Promise<string[]> };
      return canary.phoneHome(server, name);
    },
    [foreign.url, run] as const,
  );
}

test("no attempt leaves the page, a worker, or a worker's worker", async ({ openFresh, faults }) => {
  faults.allow(/./);
  const page = await openFresh();
  const attempts = await phoneHome(page, "closed");
  expect(attempts).toHaveLength(18);
  expect(foreign.arrived.filter((path) => path.startsWith("closed"))).toEqual([]);
  expect(foreign.connections()).toBe(0);
});

test("without the policy the same attempts all arrive, so the canary can sing", async ({ page, site, faults }) => {
  faults.allow(/./);
  await page.goto(site.openUrl);
  const attempts = await phoneHome(page, "open");
  // Nobody hears when a beacon arrives.
  const arrived = () => new Set(foreign.arrived.filter((path) => path.startsWith("open")));
  await expect.poll(arrived).toEqual(new Set(attempts));
  expect(foreign.arrived.filter((path) => path.startsWith("closed"))).toEqual([]);
});

test("the studio's own workers start from a blob and cannot reach a server", async ({ openFresh, faults }) => {
  const page = await openFresh();
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  faults.allow(/Content Security Policy|connect-src|Failed to fetch/);
  for (const worker of page.workers()) {
    expect(worker.url()).toMatch(/^blob:/);
    const outcome = await worker.evaluate(
      (url) =>
        fetch(url, { mode: "no-cors" }).then(
          () => "sent",
          (error: unknown) => (error instanceof Error ? error.name : "thrown"),
        ),
      `${foreign.url}/studio/fetch`,
    );
    expect(outcome).toBe("TypeError");
  }
  expect(foreign.arrived.filter((path) => path.startsWith("studio"))).toEqual([]);
});
