// Paths with placeholders: where the file that belongs to a picture lies.

const PLACEHOLDERS = ["folder", "parent", "stem", "suffix"] as const;

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
