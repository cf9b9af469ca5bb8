// The map of who may import whom, the size budgets and the names we avoid, each with a proof that it bites.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { edges, findCycle, type Edge, type SourceFile } from "./testing/moduleGraph";

const floor = ["base", "spec", "rpc"];
const learning = ["base", "spec", "tensor", "kernels", "nn", "optim", "formats", "storage", "data"];

/** Folder (or root file) → the folders that it may import besides itself. */
const map: Readonly<Record<string, readonly string[]>> = {
  base: [],
  spec: ["base"],
  rpc: ["base", "spec"],
  tensor: ["base"],
  kernels: ["base", "tensor"],
  nn: ["base", "spec", "tensor", "kernels"],
  optim: ["base", "spec", "tensor", "kernels", "nn"],
  formats: ["base", "spec"],
  storage: ["base", "spec", "formats"],
  data: ["base", "spec", "tensor", "kernels", "formats", "storage"],
  train: learning,
  inspect: [...learning, "train"],
  export: ["base", "spec", "tensor", "kernels", "nn", "data", "formats"],
  engine: [...floor, ...learning, "train", "inspect", "export"],
  store: floor,
  ui: ["base", "spec", "store"],
  "main.tsx": [...floor, "store", "ui"],
  "headless.ts": [...floor, "store"],
  "layers.test.ts": [],
  testing: [...floor, ...learning, "train"],
};

/** Whose worker a folder may start, by URL: the worker is a bundle of its own. */
const workersOf: Readonly<Record<string, readonly string[]>> = {
  "main.tsx": ["engine"],
  "headless.ts": ["engine"],
  engine: ["data"],
  rpc: ["testing"],
};

/** Packages that belong to one tower only. */
const pageOnly = /^(react|react-dom|react-aria.*|recharts|lucide-react|wouter|zustand|zundo|@tanstack\/.*)(\/|$)/;
const tensorOnly = /^@tensorflow\//;
const pageFolders = new Set(["base", "spec", "rpc", "store", "ui", "main.tsx", "headless.ts"]);
const reactFolders = new Set(["ui", "main.tsx"]);

const isTest = (path: string) => /\.test\.tsx?$/.test(path);
const folderOf = (path: string) => path.split("/")[0] ?? path;
const isCode = (path: string) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts");

const files: SourceFile[] = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter(isCode)
  .sort()
  .map((path) => ({ path, text: readFileSync(`${import.meta.dirname}/${path}`, "utf8") }));

/** Why an edge is not allowed, or null. */
function objection({ from, to, specifier, worker }: Edge): string | null {
  const folder = folderOf(from);
  const allowed = map[folder];
  if (!allowed) return `${from}: the folder ${folder} is not on the map`;
  if (specifier === "(computed)") return folder === "testing" ? null : `${from}: imports a computed name`;
  if (to === null) {
    if (tensorOnly.test(specifier) && pageFolders.has(folder)) return `${from}: the page never imports ${specifier}`;
    if (pageOnly.test(specifier) && !pageFolders.has(folder)) return `${from}: the worker never imports ${specifier}`;
    if (specifier.startsWith("react") && !reactFolders.has(folder)) return `${from}: only ui imports ${specifier}`;
    return null;
  }
  const target = folderOf(to);
  if (target === folder) return null;
  if (worker) return workersOf[folder]?.includes(target) ? null : `${from}: may not start the worker ${to}`;
  if (target === "testing") return isTest(from) ? null : `${from}: only tests import testing/`;
  return allowed.includes(target) ? null : `${from}: ${folder} may not import ${to}`;
}

const objections = (sources: readonly SourceFile[]) =>
  edges(sources)
    .map(objection)
    .filter((text) => text !== null);

/** Lines of the file whose rank is the given fraction of all. */
function quantile(lengths: readonly number[], fraction: number): number {
  const sorted = [...lengths].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)] ?? 0;
}

const lineCount = (text: string) => text.split("\n").length - (text.endsWith("\n") ? 1 : 0);

describe("layers", () => {
  it("every import of every file is on the map", () => {
    expect(objections(files)).toEqual([]);
  });

  it("there is no import cycle, types included", () => {
    expect(findCycle(edges(files))).toBeNull();
  });

  it("the map itself has no cycle, so no two folders import each other", () => {
    const all = Object.entries(map).flatMap(([from, targets]) =>
      targets.map((to) => ({ from, to, specifier: to, worker: false })),
    );
    expect(findCycle(all)).toBeNull();
  });

  it.each([
    ["upwards", "base/a.ts", 'import { b } from "../spec/b";'],
    ["a type only", "ui/a.ts", 'import type { b } from "../tensor/b";'],
    ["an inline type", "ui/a.ts", 'export type B = import("../tensor/b").B;'],
    ["re-exported", "store/a.ts", 'export * from "../ui/b";'],
    ["dynamic", "store/a.ts", 'export const b = () => import("../train/b");'],
    ["computed", "store/a.ts", "export const b = (name: string) => import(name);"],
    ["between sisters", "nn/a.ts", 'import { b } from "../data/b";'],
    ["the engine", "ui/a.ts", 'import { b } from "../engine/b";'],
    ["a worker by URL", "ui/a.ts", 'export const b = new URL("../engine/worker.ts", import.meta.url);'],
    ["somebody's worker", "store/a.ts", 'import b from "../engine/worker?worker&url";'],
    ["testing outside of tests", "nn/a.ts", 'import { b } from "../testing/b";'],
    ["tensors in the page", "store/a.ts", 'import * as tf from "@tensorflow/tfjs-core";'],
    ["React in the worker", "train/a.ts", 'import { useState } from "react";'],
    ["React in the store", "store/a.ts", 'import { useStore } from "react-dom/client";'],
    ["an unmapped folder", "novel/a.ts", 'import { b } from "./b";'],
  ])("objects to a planted import: %s", (_kind, path, text) => {
    expect(objections([{ path, text }])).toHaveLength(1);
  });

  it("sees a planted cycle through a type", () => {
    const a = { path: "nn/a.ts", text: 'import type { B } from "./b";' };
    const b = { path: "nn/b.ts", text: 'export * from "./a";' };
    expect(findCycle(edges([a, b]))).toEqual(["nn/a.ts", "nn/b.ts", "nn/a.ts"]);
  });
});

describe("budgets", () => {
  it("files stay small: median ≤ 80 lines, 95th percentile ≤ 250, none above 400", () => {
    const lengths = files.map((file) => lineCount(file.text));
    const [median, p95, longest] = [quantile(lengths, 0.5), quantile(lengths, 0.95), Math.max(...lengths)];
    console.log(`${files.length} files: median ${median} lines, 95th percentile ${p95}, longest ${longest}`);
    expect(files.filter((file) => lineCount(file.text) > 400).map((file) => file.path)).toEqual([]);
    expect(median).toBeLessThanOrEqual(80);
    expect(p95).toBeLessThanOrEqual(250);
  });

  it("no file or folder has a name that says nothing", () => {
    const empty = /^(utils?|helpers?|common|misc|lib|types)$/;
    const nameless = (path: string) => path.split("/").some((part) => empty.test(part.replace(/\..*$/, "")));
    expect(files.map((file) => file.path).filter(nameless)).toEqual([]);
    expect(["nn/utils/a.ts", "ui/helpers.tsx", "types.ts"].every(nameless)).toBe(true);
    expect(nameless("spec/recipeTypes.ts")).toBe(false);
  });

  it("the first line of every file says what it is", () => {
    const silent = ({ text }: SourceFile) => !/^\/\/ \S.{6,}/.test(text);
    expect(files.filter(silent).map((file) => file.path)).toEqual([]);
    expect(silent({ path: "a.ts", text: "export const a = 1;\n" })).toBe(true);
  });

  it("quantiles count as stated", () => {
    expect(quantile([5, 1, 3], 0.5)).toBe(3);
    expect(quantile([...Array(100).keys()], 0.95)).toBe(94);
  });
});
