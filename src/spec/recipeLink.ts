// A recipe in a link: `#r=` and the JSON, deflated and written in base64url. Nothing of it ever reaches a server.
import type { Problem } from "../base/problem";
import { err, type Result } from "../base/result";
import { parseRecipe } from "./parseRecipe";
import { problem } from "./problems";
import type { Recipe } from "./recipe";

const PREFIX = "#r=";
/** More than any recipe: what unpacks to more is no link of ours. */
const MAX_BYTES = 1024 * 1024;

async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > MAX_BYTES) {
      await reader.cancel();
      throw new RangeError("too large");
    }
    parts.push(next.value);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

/** The hash part of a link that carries the recipe, `#r=…`. */
export async function recipeToHash(recipe: Recipe): Promise<string> {
  const stream = new Blob([JSON.stringify(recipe)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return PREFIX + toBase64Url(await collect(stream));
}

/** Whether a location's hash carries a recipe. */
export function carriesRecipe(hash: string): boolean {
  return hash.startsWith(PREFIX);
}

/** The recipe of a `#r=…` hash; LINK_CUT when it cannot be unpacked, a recipe problem when it does not fit. */
export async function recipeFromHash(hash: string): Promise<Result<Recipe, Problem>> {
  let text: string;
  try {
    const packed = new Blob([fromBase64Url(hash.slice(PREFIX.length))]);
    const bytes = await collect(packed.stream().pipeThrough(new DecompressionStream("deflate-raw")));
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return err(problem("RECIPE_TOO_LARGE"));
    return err(problem("LINK_CUT"));
  }
  return parseRecipe(text);
}
