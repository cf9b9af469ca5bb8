// Two promises about what a visitor's page loads: no tensor library in it, and a small first load.
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";

/** gzip bytes of everything a page needs before the engine starts. */
const firstLoadLimit = 350_000;

type Bundle = Readonly<Record<string, Rolldown.OutputChunk | Rolldown.OutputAsset>>;

/** File names of the chunks reached from `entry`; with `lazy`, through dynamic imports too. */
function reach(bundle: Bundle, entry: string, lazy: boolean): Set<string> {
  const found = new Set<string>();
  const queue = [entry];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const chunk = bundle[name];
    if (found.has(name) || chunk?.type !== "chunk") continue;
    found.add(name);
    queue.push(...chunk.imports, ...(lazy ? chunk.dynamicImports : []));
  }
  return found;
}

/** The style sheets that the chunks bring along. */
function stylesOf(bundle: Bundle, chunks: Iterable<string>): Set<string> {
  const styles = new Set<string>();
  for (const name of chunks) {
    const chunk = bundle[name];
    if (chunk?.type === "chunk") for (const css of chunk.viteMetadata?.importedCss ?? []) styles.add(css);
  }
  return styles;
}

function gzipSize(file: Rolldown.OutputChunk | Rolldown.OutputAsset | undefined): number {
  if (!file) return 0;
  return gzipSync(file.type === "chunk" ? file.code : file.source).length;
}

/** Fails the build when a page chunk holds a module of @tensorflow; the worker is a bundle of its own. */
export function noTensorsInPage(): Plugin {
  return {
    name: "glasshouse:no-tensors-in-page",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const entry of Object.values(bundle)) {
        if (entry.type !== "chunk" || !entry.isEntry) continue;
        for (const name of reach(bundle, entry.fileName, true)) {
          const chunk = bundle[name];
          const stray = chunk?.type === "chunk" && chunk.moduleIds.find((id) => id.includes("@tensorflow"));
          if (stray) this.error(`The page chunk ${name} (from ${entry.name}) contains ${stray}.`);
        }
      }
    },
  };
}

/** Prints the gzip size of each page's first load and fails the build above the limit. */
export function firstLoadSize(): Plugin {
  return {
    name: "glasshouse:first-load-size",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        for (const entry of Object.values(bundle)) {
          if (entry.type !== "chunk" || !entry.isEntry) continue;
          const chunks = reach(bundle, entry.fileName, false);
          const files = [...chunks, ...stylesOf(bundle, chunks)];
          const size = files.reduce((sum, name) => sum + gzipSize(bundle[name]), 0);
          this.info(
            `first load of ${entry.name}: ${(size / 1000).toFixed(1)} kB gzip (limit ${firstLoadLimit / 1000})`,
          );
          if (size > firstLoadLimit) this.error(`The first load of ${entry.name} is ${size} bytes gzip.`);
        }
      },
    },
  };
}
