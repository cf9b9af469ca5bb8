// How the page is served, built and tested: two HTML entries, ES workers, and two vitest projects.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { hubBase } from "./scripts/build/hub.ts";
import { firstLoadSize, noTensorsInPage } from "./scripts/build/pageChunks.ts";
import { contentSecurityPolicy } from "./scripts/build/policy.ts";
import { chromiumFlags, findChromium } from "./scripts/chromium.mjs";

const root = import.meta.dirname;
/** Reference data that lies beside the repository; tests that need it are skipped where it is absent. */
const shared = resolve(root, "../shared");

/** The studio, and the page that the headless runner drives. */
const pages = ["index.html", "headless.html"].map((page) => resolve(root, page));

const tensorflow = [
  "@tensorflow/tfjs-core",
  "@tensorflow/tfjs-core/dist/register_all_gradients",
  "@tensorflow/tfjs-backend-cpu",
  "@tensorflow/tfjs-backend-webgpu",
];

function testBrowser() {
  const found = process.env["VITEST"] ? findChromium() : undefined;
  return playwright({
    launchOptions: { ...(found ? { executablePath: found.path } : {}), args: chromiumFlags() },
  });
}

export default defineConfig({
  base: "./",
  define: { __GLASSHOUSE_HUB__: JSON.stringify(hubBase()) },
  plugins: [react(), tailwindcss(), contentSecurityPolicy(), noTensorsInPage(), firstLoadSize()],
  worker: { format: "es" },
  build: {
    target: "es2023",
    modulePreload: { polyfill: false },
    // What matters is held by `firstLoadSize`; the tensor library in the worker is larger than Vite's usual limit.
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: pages },
  },
  server: { fs: { allow: [root, shared] } },
  test: {
    provide: { shared: existsSync(shared) ? shared : "" },
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          environment: "node",
          include: ["{src,scripts,bin,parity}/**/*.test.ts"],
          exclude: ["src/**/*.gpu.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        optimizeDeps: { include: tensorflow },
        test: {
          name: "gpu",
          include: ["src/**/*.gpu.test.ts"],
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: testBrowser(),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
