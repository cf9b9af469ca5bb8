// How the user stories run: the built site, one real Chromium, one story at a time.
import { defineConfig } from "@playwright/test";
import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";

const browser = findChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: ".cache/e2e",
  globalSetup: "./e2e/globalSetup.ts",
  forbidOnly: Boolean(process.env["CI"]),
  fullyParallel: false,
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    screenshot: "only-on-failure",
    launchOptions: { ...(browser ? { executablePath: browser.path } : {}), args: chromiumFlags() },
  },
});
