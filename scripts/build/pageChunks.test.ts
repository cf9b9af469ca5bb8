// The build refuses a page that holds the tensor library or that is too large, and takes one that does not.
import { randomBytes } from "node:crypto";
import { build, type Plugin } from "vite";
import { describe, expect, it } from "vitest";
import { firstLoadSize, noTensorsInPage } from "./pageChunks";

/** A site of two modules that exist only here: an entry, and what it imports. */
function site(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: "planted-site",
    resolveId: (id) => (id in modules ? `\0${id}` : null),
    load: (id) => modules[id.slice(1)] ?? null,
  };
}

const builds = (modules: Readonly<Record<string, string>>) =>
  build({
    configFile: false,
    logLevel: "silent",
    plugins: [site(modules), noTensorsInPage(), firstLoadSize()],
    build: { write: false, rolldownOptions: { input: "entry" } },
  });

const tensors = "node_modules/@tensorflow/planted.js";

describe("the build", () => {
  it("takes a small page without tensors", async () => {
    await expect(builds({ entry: 'import "other"; console.log(1);', other: "console.log(2);" })).resolves.toBeDefined();
  });

  it("refuses tensors in the page", async () => {
    const planted = {
      entry: `import { a } from "${tensors}"; console.log(a);`,
      [tensors]: "export const a = Math.random();",
    };
    await expect(builds(planted)).rejects.toThrow(/contains .*@tensorflow/);
  });

  it("refuses tensors that the page loads later", async () => {
    const planted = { entry: `import("${tensors}").then(console.log);`, [tensors]: "export const a = Math.random();" };
    await expect(builds(planted)).rejects.toThrow(/contains .*@tensorflow/);
  });

  it("refuses a first load above the limit, and not for what is loaded later", async () => {
    const big = `console.log("${randomBytes(400_000).toString("base64")}");`;
    await expect(builds({ entry: 'import "big";', big })).rejects.toThrow(/first load of _?entry is/);
    await expect(builds({ entry: 'import("big");', big })).resolves.toBeDefined();
  });
});
