// Which parts of an answer move to the other side instead of being copied.

/** Every image bitmap and every buffer of a typed array in a plain value, each once; whoever sends them loses them. */
export function transferables(value: unknown): Transferable[] {
  const found = new Set<Transferable>();
  const seen = new Set<object>();
  const walk = (at: unknown): void => {
    if (typeof at !== "object" || at === null || seen.has(at)) return;
    seen.add(at);
    if (at instanceof ArrayBuffer) found.add(at);
    else if (ArrayBuffer.isView(at)) {
      if (at.buffer instanceof ArrayBuffer) found.add(at.buffer);
    } else if (typeof ImageBitmap !== "undefined" && at instanceof ImageBitmap) found.add(at);
    else if (Array.isArray(at)) at.forEach(walk);
    else if (at instanceof Map || at instanceof Set) [...at.entries()].forEach(walk);
    else if (Object.getPrototypeOf(at) === Object.prototype) Object.values(at).forEach(walk);
  };
  walk(value);
  return [...found];
}
