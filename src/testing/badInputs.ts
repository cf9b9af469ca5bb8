// The corpus of bad inputs, readable from node and browser tests alike.
import type * as fs from "node:fs/promises";
import manifest from "./badinputs/manifest.json";

/** A plain string: Vite would turn `new URL(…, import.meta.url)` into imports of all the files. */
const here: string = import.meta.url;

export interface BadInput {
  readonly path: string;
  readonly fault: string;
  readonly expect: "accept" | "warn" | "reject";
  /** "-" where there is none. */
  readonly code: string;
}

type Kind = "img" | "csv" | "zip" | "tar" | "7z" | "pth" | "safetensors" | "npy";

/** The entries of one kind. */
export function badInputs(kind: Kind): readonly BadInput[] {
  return (manifest as readonly BadInput[]).filter(({ path }) => path.startsWith(`${kind}/`));
}

/** The bytes of an entry. */
export async function readBadInput(path: string): Promise<Uint8Array<ArrayBuffer>> {
  // The development server takes files without an ending for modules.
  const file = path.endsWith("_noext") ? `${path}.bin` : path;
  const url = new URL(`./badinputs/${file}`, here);
  if (typeof document === "undefined" && typeof process !== "undefined") {
    const name = "node:fs/promises";
    const { readFile } = (await import(/* @vite-ignore */ name)) as typeof fs;
    return new Uint8Array(await readFile(url));
  }
  const response = await fetch(url.pathname);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
