// Whatever happens during a save, the newest whole save comes back.
import { describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { unwrap } from "../base/result";
import { faultyStore, type Fault } from "../testing/faultyStore";
import { memoryStore } from "./memoryStore";
import { createSlots } from "./slots";

const content = (n: number, size = 1000): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(n);

describe("slots", () => {
  it("give back the newest save, also to the next visitor", async () => {
    const store = memoryStore();
    const slots = createSlots(store, "run");
    expect(await slots.load()).toEqual({ kept: null, damaged: false });
    for (const n of [1, 2, 3]) expect(unwrap(await slots.save(content(n, 10 * n))).sequence).toBe(n);
    const later = await createSlots(store, "run").load();
    expect(later).toEqual({ kept: { sequence: 3, content: content(3, 30) }, damaged: false });
    expect(await store.names()).toEqual(["run.a", "run.b"]);
  });

  it("count on over visits", async () => {
    const store = memoryStore();
    await createSlots(store, "run").save(content(1));
    expect(unwrap(await createSlots(store, "run").save(content(2))).sequence).toBe(2);
  });

  it("forget when they are removed", async () => {
    const store = memoryStore();
    const slots = createSlots(store, "run");
    await slots.save(content(1));
    await slots.remove();
    expect(await store.names()).toEqual([]);
    expect((await slots.load()).kept).toBeNull();
  });

  it("fall back to the save before, and say so, when a bit of the newest flips", async () => {
    const store = memoryStore();
    const slots = createSlots(store, "run");
    await slots.save(content(1));
    await slots.save(content(2));
    const file = await store.open("run.b");
    file.write(Uint8Array.of(99), 700);
    expect(await createSlots(store, "run").load()).toEqual({
      kept: { sequence: 1, content: content(1) },
      damaged: true,
    });
    // The damaged slot is the one that is written next.
    expect(unwrap(await createSlots(store, "run").save(content(3))).sequence).toBe(2);
    expect((await createSlots(store, "run").load()).kept?.content).toEqual(content(3));
  });

  it.each(["throw", "short", "bogus", "noRoom"] as const)("on a disk that fails by %s: refuse, keep the last, go on when healed", async (fault) => {
    const store = faultyStore(memoryStore());
    const slots = createSlots(store, "run");
    await slots.save(content(1));
    for (let call = 0; call < 4; call += 1) {
      store.failAt(call, fault);
      const saved = await slots.save(content(2, 5000));
      // A short truncate alone may be all that failed; then the writes grew the file.
      if (!saved.ok) expect(saved.error.code).toBe("STORAGE_FULL");
      expect((await createSlots(store, "run").load()).kept?.content[0]).toBe(saved.ok ? 2 : 1);
      store.failAt(null, fault);
      expect((await slots.save(content(1))).ok).toBe(true);
    }
  }); // prettier-ignore

  it("over 300 seeded saves that are killed at any write: never lose the newest whole save", async () => {
    const rng = createRng(7, "killed saves");
    const inner = memoryStore();
    let last = 0;
    let kills = 0;
    for (let n = 1; n <= 300; n += 1) {
      const store = faultyStore(inner);
      const slots = createSlots(store, "run");
      const kill = rng.below(2) === 0;
      const fault: Fault = "torn";
      store.failAt(kill ? rng.below(4) : null, fault);
      const saved = await slots.save(content(n % 256, 1 + rng.below(3000)));
      if (saved.ok) last = n;
      else kills += 1;
      const { kept } = await createSlots(inner, "run").load();
      expect(kept?.content[0] ?? 0).toBe(last % 256);
    }
    expect(kills).toBeGreaterThan(50);
  });
});
