// The built site works from any folder of any static host, under its policy.
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { distFolder } from "./fixtures/folders";
import { expect, test } from "./fixtures/test";

test("the studio opens under a sub-path and asks for nothing outside of it", async ({ openFresh, site }) => {
  const before = site.log.length;
  const page = await openFresh();
  await expect(page.getByRole("heading").first()).toBeVisible();
  const requests = site.log.slice(before);
  expect(requests.length).toBeGreaterThan(1);
  expect(requests.filter((line) => !line.startsWith("GET /some/path/"))).toEqual([]);
});

test("once its screens are there, the studio asks the server for nothing more", async ({ openFresh, site }) => {
  const screens = (await readdir(join(distFolder, "assets"))).filter((name) => /^\w+Screen-.*\.js$/.test(name));
  expect(screens.length).toBeGreaterThan(4);
  const page = await openFresh();
  await expect(page.getByRole("heading").first()).toBeVisible();
  const asked = (name: string) => site.log.includes(`GET /some/path/assets/${name}`);
  await expect.poll(() => screens.filter((name) => !asked(name))).toEqual([]);
  await page.waitForLoadState("networkidle");
  const before = site.log.length;
  for (const screen of ["model", "train", "inspect", "share", "learn", "data"]) {
    await page.evaluate((hash) => void (location.hash = hash), `#/${screen}`);
    await expect(page.getByRole("main")).not.toContainText("One moment");
    await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
  }
  // The browser itself asks for the icon again when the title changes.
  expect(site.log.slice(before).filter((line) => !line.endsWith("/icon.svg"))).toEqual([]);
});

test("the policy is the first element of every built page", async ({ site, request }) => {
  for (const name of ["index.html", "headless.html"]) {
    const text = await (await request.get(site.url + name)).text();
    const first = /<head>\s*(<[^>]*>)/.exec(text)?.[1] ?? "";
    expect(first).toContain('http-equiv="Content-Security-Policy"');
    // The folder of public encoders and the hub's file servers, and nothing else of any host.
    const hub = "connect-src https://huggingface.co/timm/ https://*.hf.co;";
    expect(first).toContain(hub);
    expect(first).toContain("require-trusted-types-for &#39;script&#39;");
    expect(first.replace(hub, "")).not.toMatch(/unsafe-|https?:/);
  }
});

test("text cannot become script: the page's sinks are closed", async ({ openFresh, faults }) => {
  const page = await openFresh();
  faults.allow(/TrustedHTML|TrustedScriptURL|Trusted Types|trusted-types|require-trusted-types-for|sha256-/i);
  const outcome = await page.evaluate(() => {
    const attempt = (act: () => void) => {
      try {
        act();
        return "done";
      } catch (error) {
        return error instanceof Error ? error.name : "thrown";
      }
    };
    return {
      html: attempt(() => (document.createElement("div").innerHTML = "<img src=x onerror=alert(1)>")),
      worker: attempt(() => new Worker("./assets/x.js")),
      script: attempt(() => (document.createElement("script").src = "./assets/x.js")),
    };
  });
  expect(outcome).toEqual({ html: "TypeError", worker: "TypeError", script: "TypeError" });
});
