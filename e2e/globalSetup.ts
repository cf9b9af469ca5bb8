// Before the stories: the built site is fresh, and the canary that tries to phone home is built beside it.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "vite";
import { freshDist } from "../scripts/freshDist.mjs";
import { canaryFolder, openFolder } from "./fixtures/folders";

const policyTag = /<meta http-equiv="Content-Security-Policy"[^>]*>/;

/** A copy of the site without its policy: there the canary must get through, or it proves nothing. */
function copyWithoutPolicy(site: string): void {
  rmSync(openFolder, { recursive: true, force: true });
  cpSync(site, openFolder, { recursive: true });
  for (const name of readdirSync(openFolder).filter((file) => file.endsWith(".html"))) {
    const page = readFileSync(join(openFolder, name), "utf8");
    if (!policyTag.test(page)) throw new Error(`${name} of the built site has no content security policy.`);
    writeFileSync(join(openFolder, name), page.replace(policyTag, ""));
  }
}

export default async function setUp(): Promise<void> {
  copyWithoutPolicy(freshDist());
  await build({
    configFile: false,
    logLevel: "warn",
    base: "./",
    worker: { format: "es" },
    build: {
      outDir: canaryFolder,
      emptyOutDir: true,
      lib: { entry: join(import.meta.dirname, "canary/canary.ts"), formats: ["es"], fileName: () => "canary.js" },
    },
  });
}
