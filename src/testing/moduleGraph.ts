// Who imports whom, read from source text with the bundler's own parser.
import { parseSync } from "vite";

export interface SourceFile {
  /** Path below `src/`, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Edge {
  readonly from: string;
  readonly specifier: string;
  /** Path of the imported file below `src/`, or null for a package. */
  readonly to: string | null;
  /** Imported as the URL of a worker, which runs on its own. */
  readonly worker: boolean;
}

interface SyntaxNode {
  readonly type: string;
  readonly source?: SyntaxNode | null;
  readonly argument?: SyntaxNode | null;
  readonly arguments?: readonly SyntaxNode[];
  readonly callee?: SyntaxNode & { readonly name?: string };
  readonly value?: unknown;
}

const importing = new Set(["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration", "ImportExpression"]);

/** The node that names the imported module, where `node` imports one: static, re-export, dynamic, type, worker URL. */
function importedBy(node: SyntaxNode): SyntaxNode | null | undefined {
  if (importing.has(node.type)) return node.source;
  if (node.type === "TSImportType") return node.source ?? node.argument;
  if (node.type === "NewExpression" && node.callee?.name === "URL" && node.arguments?.length === 2)
    return isMetaUrl(node.arguments[1]) ? node.arguments[0] : null;
  return null;
}

function isMetaUrl(node: SyntaxNode | undefined): boolean {
  return node?.type === "MemberExpression" && JSON.stringify(node).includes('"MetaProperty"');
}

function visit(value: unknown, found: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) for (const element of value) visit(element, found);
  else if (typeof value === "object" && value !== null) {
    if ("type" in value && typeof value.type === "string") found(value as SyntaxNode);
    for (const child of Object.values(value)) visit(child, found);
  }
}

/** Every module that a file names; one that is computed at run time is given as "(computed)". */
export function specifiers(file: SourceFile): string[] {
  const { program, errors } = parseSync(file.path, file.text);
  if (errors[0]) throw new Error(`${file.path}: ${errors[0].message}`);
  const names: string[] = [];
  visit(program, (node) => {
    const source = importedBy(node);
    if (source) names.push(typeof source.value === "string" ? source.value : "(computed)");
  });
  return names;
}

/** `a/b/../c` below `src/`, without the query. */
function resolvePath(from: string, specifier: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of specifier.replace(/\?.*$/, "").split("/")) {
    if (part === "..") parts.push(...(parts.length === 0 ? [".."] : (parts.pop(), [])));
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

const endings = ["", ".ts", ".tsx", "/index.ts"];

/** All edges between the files; a relative import of no known file keeps its bare path. */
export function edges(files: readonly SourceFile[]): Edge[] {
  const known = new Set(files.map((file) => file.path));
  return files.flatMap((file) =>
    specifiers(file).map((specifier) => {
      const path = specifier.startsWith(".") ? resolvePath(file.path, specifier) : null;
      const to = path === null ? null : (endings.map((end) => path + end).find((name) => known.has(name)) ?? path);
      return { from: file.path, specifier, to, worker: /\?(.*&)?worker\b/.test(specifier) };
    }),
  );
}

/** One import cycle as a list of paths, or null; a worker's URL closes no cycle. */
export function findCycle(all: readonly Edge[]): string[] | null {
  const next = new Map<string, string[]>();
  for (const { from, to, worker } of all) if (to !== null && !worker) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const walk = (path: string, trail: string[]): string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const to of next.get(path) ?? []) {
      const cycle = walk(to, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const path of next.keys()) {
    const cycle = walk(path, []);
    if (cycle) return cycle;
  }
  return null;
}
