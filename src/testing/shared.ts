// Reference data that lies beside the repository, readable from node and browser tests alike.
import type * as fs from "node:fs/promises";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Absolute path of the folder with reference data, or "" where it is absent. */
    shared: string;
  }
}

const folder = inject("shared");

/** Whether the reference data is there: `describe.skipIf(!hasShared)("…")`. */
export const hasShared = folder !== "";

/** Absolute path of a reference file; the browser reads it under `/@fs`. */
export function sharedPath(path: string): string {
  return `${folder}/${path}`;
}

/** The bytes of a reference file, for example `readShared("reference/index.json")`; throws when it is missing. */
export async function readShared(path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof document === "undefined" && typeof process !== "undefined") {
    const name = "node:fs/promises";
    const { readFile } = (await import(/* @vite-ignore */ name)) as typeof fs;
    return new Uint8Array(await readFile(sharedPath(path)));
  }
  const response = await fetch(`/@fs${sharedPath(path).split("/").map(encodeURIComponent).join("/")}`);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** A reference file read as text. */
export async function readSharedText(path: string): Promise<string> {
  return new TextDecoder().decode(await readShared(path));
}

/** A reference file read as JSON, in the shape the caller states. */
export async function readSharedJson<T>(path: string): Promise<T> {
  return JSON.parse(await readSharedText(path)) as T;
}
