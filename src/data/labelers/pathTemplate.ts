// Finds the file that belongs to a picture by a path with placeholders.
import type { FileIndex } from "../sources/fileIndex";

/** Fields that a template knows. */
export const PLACEHOLDERS = ["folder", "parent", "stem", "suffix"] as const;

export interface PathTemplate {
  readonly template: string;
  readonly strip?: string | undefined;
}

/** The template with a picture's parts filled in: `01/a_rgb.jpg` is folder `01`, parent `01`, stem `a_rgb`, suffix `.jpg`. */
export function fillTemplate({ template, strip = "" }: PathTemplate, path: string): string {
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const dot = name.lastIndexOf(".");
  const stem = dot < 0 ? name : name.slice(0, dot);
  const folder = path.slice(0, Math.max(0, slash));
  const parts: Readonly<Record<(typeof PLACEHOLDERS)[number], string>> = {
    folder,
    parent: folder.slice(folder.lastIndexOf("/") + 1),
    stem: strip !== "" && stem.endsWith(strip) ? stem.slice(0, -strip.length) : stem,
    suffix: dot < 0 ? "" : name.slice(dot),
  };
  const filled = template.replace(/\{(folder|parent|stem|suffix)\}/g, (_, key: (typeof PLACEHOLDERS)[number]) => parts[key]); // prettier-ignore
  return filled.replace(/^\/+/, "");
}

/**
 * Finds files by filled templates. Where the data lie below another folder than the recipe's, the part of the picture's
 * own path that the template does not know is put before it.
 */
export function templateFinder(index: FileIndex, template: PathTemplate): (path: string) => number {
  const whole = template.template.startsWith("{folder}");
  return (path) => {
    const filled = fillTemplate(template, path);
    const exact = index.find(filled);
    if (exact >= 0 || whole) return exact;
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) {
      const found = index.find(path.slice(0, at + 1) + filled);
      if (found >= 0) return found;
    }
    return -1;
  };
}
