// What the documents say about the repository is there: paths, lists, commands and folders.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const documents = ["README.md", "CONTRIBUTING.md", "docs/architecture.md"];

/** Backticked words that begin like a path of this repository, and targets of links. */
function pathsIn(text: string): string[] {
  const quoted = [...text.matchAll(/`((?:src|bin|e2e|scripts|docs|bench|public)\/[\w./-]+)`/g)].map(
    (match) => match[1] ?? "",
  );
  const linked = [...text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] ?? "");
  return [...quoted, ...linked];
}

describe("the documents", () => {
  it.each(documents)("%s names only paths that exist", (document) => {
    const folder = resolve(root, document, "..");
    const missing = pathsIn(read(document)).filter(
      (path) => !existsSync(resolve(root, path)) && !existsSync(resolve(folder, path)),
    );
    expect(missing).toEqual([]);
  });

  it("CONTRIBUTING.md names lists that are exported where it says", () => {
    const places = [...read("CONTRIBUTING.md").matchAll(/`([A-Z]+)` in `([\w./]+)`/g)];
    expect(places.length).toBeGreaterThanOrEqual(3);
    for (const [, list, path] of places) expect(read(path ?? "")).toContain(`export const ${list}`);
  });

  it("architecture.md has a line for every folder of src", () => {
    const folders = readdirSync(resolve(root, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const text = read("docs/architecture.md");
    expect(folders.map(({ name }) => name).filter((name) => !text.includes(`| \`src/${name}\``))).toEqual([]);
  });

  it("README.md gives exactly the two commands, and they exist", () => {
    const commands = [...read("README.md").matchAll(/^npm install && npm (\w+)$/gm)].map((match) => match[1]);
    expect(commands).toEqual(["start", "test"]);
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["start", "test", "build", "docs", "dev", "format"]));
  });

  it("the finder of paths finds a planted one", () => {
    expect(pathsIn("see `src/none/a.ts` and [b](docs/none.md), not `npm test` or [c](https://example.com)")).toEqual([
      "src/none/a.ts",
      "docs/none.md",
    ]);
  });
});
