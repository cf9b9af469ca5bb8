// Values and paths as Python writes them.

/** A string literal. */
export function text(value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n");
  return `'${escaped}'`;
}

/** A raw string for a regular expression. */
export function raw(pattern: string): string {
  return pattern.includes("'") ? `r"${pattern}"` : `r'${pattern}'`;
}

/** The column of a table: by its name, or by its number where its head is empty and the page calls it “column 1”. */
export function column(name: string): string {
  const unnamed = /^column (\d+)$/.exec(name)?.[1];
  return unnamed === undefined ? text(name) : String(Number(unnamed) - 1);
}

export const list = (values: readonly string[]): string => `[${values.map(text).join(", ")}]`;

/** A number as Python's `repr` writes it: 0.01, 1e-05. */
export function number(value: number): string {
  if (value === 0 || Math.abs(value) >= 1e-4) return String(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  return `${digits}e-${exponent.slice(1).padStart(2, "0")}`;
}

/** `path/'a'/'b'`, or `path`. */
export function below(folder: string): string {
  const parts = folder.split("/").filter((part) => part !== "");
  return ["path", ...parts.map(text)].join("/");
}

/** A path template as an f-string over the picture's path `x`. */
export function template(filled: string, strip: string | undefined): string {
  const stem = strip === undefined || strip === "" ? "{x.stem}" : `{x.stem[:-${strip.length}]}`;
  const body = filled
    .replaceAll("{stem}", stem)
    .replaceAll("{suffix}", "{x.suffix}")
    .replaceAll("{folder}", "{x.parent.relative_to(path)}")
    .replaceAll("{parent}", "{x.parent.name}");
  return `path/f'${body}'`;
}

/** Arguments that were given. */
export const args = (...given: readonly (string | null | false)[]): string => given.filter(Boolean).join(", ");
