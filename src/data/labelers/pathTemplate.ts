// Finds the file that belongs to a picture by a path with placeholders.
import { fillTemplate, type PathTemplate } from "../../spec/pathTemplate";
import type { FileIndex } from "../sources/fileIndex";

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
