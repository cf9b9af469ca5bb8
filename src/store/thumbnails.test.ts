// Pictures are asked for together, once, and the ones used longest ago are let go.
import { describe, expect, it } from "vitest";
import { createThumbnails } from "./thumbnails";

/** A picture that remembers whether it was closed. */
function picture(item: number) {
  const state = { item, closed: false, close: () => void (state.closed = true) };
  return state as unknown as ImageBitmap;
}

function counting() {
  const calls: (readonly number[])[] = [];
  return {
    calls,
    thumbnails: async (items: readonly number[]) => {
      calls.push([...items]);
      return items.map((item) => (item < 0 ? null : picture(item)));
    },
  };
}

describe("thumbnails", () => {
  it("asks for what is wanted in one turn with one call, and once for each item", async () => {
    const engine = counting();
    const small = createThumbnails((items) => engine.thumbnails(items));
    const [a, again, none] = await Promise.all([small.get(1), small.get(1), small.get(-2)]);
    expect(engine.calls).toEqual([[1, -2]]);
    expect(again).toBe(a);
    expect(none).toBeNull();
    expect(await small.get(1)).toBe(a);
    expect(engine.calls).toHaveLength(1);
  });

  it("closes the picture that was used longest ago", async () => {
    const counted = counting();
    const small = createThumbnails((items) => counted.thumbnails(items), 2);
    const [one, two] = [await small.get(1), await small.get(2)];
    await small.get(1);
    await small.get(3);
    expect([one, two]).toMatchObject([{ closed: false }, { closed: true }]);
    expect(small.peek(2)).toBeUndefined();
  });

  it("a failure of the engine is no picture, and what comes after a clear is let go", async () => {
    const broken = createThumbnails(() => Promise.reject(new Error("gone")));
    expect(await broken.get(1)).toBeNull();
    const slow = createThumbnails(async (items) => items.map(picture));
    const pending = slow.get(4);
    await Promise.resolve();
    slow.clear();
    expect(await pending).toBeNull();
    expect(slow.peek(4)).toBeUndefined();
  });
});
