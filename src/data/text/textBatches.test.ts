// How texts become batches: streams as fastai's loader reads them, orders by length, padding.
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../base/rng";
import { readback } from "../../tensor/readback";
import { liveTensors } from "../../tensor/scope";
import { openCpu } from "../../testing/cpuDevice";
import type { Batch } from "../batch";
import { languageStream } from "./languageStream";
import { sortishOrder, sortOrder } from "./lengthOrder";
import { padTexts } from "./padTexts";
import { classifierLoader, languageLoader } from "./textLoaders";

beforeAll(() => openCpu());

const texts = (lengths: readonly number[]): Int32Array[] =>
  lengths.map((length, i) => Int32Array.from({ length }, (_, t) => 100 * (i + 1) + t));

/** The way fastai does it, row by row: which text a stream stands in and at which of its tokens. */
function* byRaggedRows(
  all: readonly Int32Array[],
  order: readonly number[],
  bs: number,
  bptt: number,
  backwards: boolean,
) {
  const at = (i: number): Int32Array => {
    const k = i % order.length;
    return all[order[backwards ? order.length - 1 - k : k] as number] as Int32Array;
  };
  const total = all.reduce((sum, text) => sum + text.length, 0);
  const [ro, ri] = [Array<number>(bs).fill(0), Array<number>(bs).fill(0)];
  let [length, passed, text] = [0, 0, -1];
  for (let j = 0; j < bs; j += 1) {
    const start = Math.floor((total / bs) * j);
    while (length + passed <= start) {
      passed += length;
      text += 1;
      length = at(text).length;
    }
    ro[j] = text;
    ri[j] = backwards ? length - (start - passed) : start - passed;
  }
  for (;;) {
    const rows: number[][] = [];
    for (let j = 0; j < bs; j += 1) {
      const row: number[] = [];
      let [o, i, n] = [(ro[j] as number) - 1, ri[j] as number, 0];
      while (row.length < bptt + 1) {
        o += 1;
        const rag = at(o);
        if (row.length > 0) i = backwards ? rag.length : 0;
        n = Math.min(backwards ? i : rag.length - i, bptt + 1 - row.length);
        row.push(...(backwards ? [...rag.subarray(i - n, i)].reverse() : rag.subarray(i, i + n)));
      }
      ro[j] = o;
      ri[j] = backwards ? i - (n - 1) : i + (n - 1);
      rows.push(row);
    }
    yield rows;
  }
}

describe("streams of a language model", () => {
  it.each([
    [[7, 3, 12, 1, 9], 3, 4, false],
    [[7, 3, 12, 1, 9], 3, 4, true],
    [[5], 2, 4, false],
    [[40, 41, 2], 5, 7, true],
    [[3, 3, 3, 3], 4, 2, false],
  ] as const)("%j in %i streams by %i, backwards %s, as fastai reads them", (lengths, bs, bptt, backwards) => {
    const all = texts(lengths);
    const order = lengths.map((_, i) => (i * 2 + 1) % lengths.length).filter((v, i, list) => list.indexOf(v) === i);
    const whole = order.length === lengths.length ? order : lengths.map((_, i) => i);
    const stream = languageStream(all, { batchSize: bs, bptt, backwards });
    expect(stream.batches).toBe(Math.ceil(stream.tokens / (bs * bptt)));
    const expected = byRaggedRows(all, whole, bs, bptt, backwards);
    for (let k = 0; k < stream.batches; k += 1) {
      const rows = expected.next().value as number[][];
      const { x, y } = stream.batch(whole, k);
      expect([...x]).toEqual(rows.flatMap((row) => row.slice(0, -1)));
      expect([...y]).toEqual(rows.flatMap((row) => row.slice(1)));
    }
  });

  it("reads over empty texts, and refuses when there is nothing", () => {
    const stream = languageStream(texts([0, 2, 0, 3, 0]), { batchSize: 1, bptt: 5 });
    expect([...stream.batch([0, 1, 2, 3, 4], 0).x]).toEqual([200, 201, 400, 401, 402]);
    expect(() => languageStream(texts([0]), { batchSize: 1, bptt: 5 })).toThrow("at least one token");
  });

  it("the loader goes on in mid-epoch, shuffles from the second epoch on and repeats itself", async () => {
    const loader = languageLoader(texts([30, 31, 32, 33]), { batchSize: 2, bptt: 8, shuffle: { seed: 3 } });
    const read = async (epoch: number, fromBatch = 0) => {
      const rows: number[][] = [];
      for await (const { x, y, weight } of loader.epoch(epoch, { fromBatch })) {
        rows.push([...(await readback(x))]);
        expect(x.shape).toEqual([2, 8]);
        for (const t of [x, y, weight]) t.dispose();
      }
      return rows;
    };
    const before = liveTensors();
    const [first, second] = [await read(0), await read(1)];
    expect(first[0]?.slice(0, 8)).toEqual([100, 101, 102, 103, 104, 105, 106, 107]);
    expect(first).toHaveLength(loader.batches);
    expect(second).not.toEqual(first);
    expect(await read(1)).toEqual(second);
    expect(await read(1, 3)).toEqual(second.slice(3));
    expect(liveTensors()).toBe(before);
  });
});

describe("orders by length", () => {
  const lengths = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 211);

  it("sortOrder: the longest first, equal ones as they came", () => {
    expect(sortOrder([2, 5, 2, 9])).toEqual([3, 1, 0, 2]);
  });

  it("sortishOrder: every text once, the longest batch first, alike within a batch", () => {
    const order = sortishOrder(lengths, 8, createRng(1));
    expect(order.toSorted((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
    expect(lengths[order[0] as number]).toBe(Math.max(...lengths));
    const spread = (list: number[]) => {
      let sum = 0;
      for (let i = 0; i + 8 <= list.length; i += 8) {
        const own = list.slice(i, i + 8).map((row) => lengths[row] as number);
        sum += Math.max(...own) - Math.min(...own);
      }
      return sum / (list.length / 8);
    };
    // Sorted within 400 of 211 different lengths, a batch spans some 4; at random it spans some 165.
    expect(spread(order)).toBeLessThan(20);
    expect(order).toEqual(sortishOrder(lengths, 8, createRng(1)));
    expect(order).not.toEqual(sortishOrder(lengths, 8, createRng(2)));
    expect(sortishOrder([], 8, createRng(1))).toEqual([]);
  });
});

describe("padding", () => {
  const two = [Int32Array.of(5, 6, 7), Int32Array.of(8)];

  it("stands in front, or behind, or in front of texts turned round", () => {
    expect([...padTexts(two).ids]).toEqual([5, 6, 7, 1, 1, 8]);
    expect([...padTexts(two, { padFirst: false, pad: 0 }).ids]).toEqual([5, 6, 7, 8, 0, 0]);
    expect([...padTexts(two, { backwards: true }).ids]).toEqual([7, 6, 5, 1, 1, 8]);
  });

  it("rounds lengths up and fills missing rows", () => {
    const { ids, length, rows } = padTexts(two, { multipleOf: 8, rows: 3 });
    expect([length, rows, ids.length]).toEqual([8, 3, 24]);
    expect([...ids.subarray(16)]).toEqual(Array(8).fill(1));
    expect(padTexts([], { rows: 1 }).length).toBe(1);
  });

  it("the classifier's loader drops or pads the last batch and says which item is which", async () => {
    const all = texts([3, 9, 1, 4, 7]);
    const labels = Int32Array.of(0, 1, 0, 1, 1);
    const collect = async (train: { seed: number } | null) => {
      const batches: (Pick<Batch, "items" | "count"> & { x: number[]; y: number[]; weight: number[] })[] = [];
      for await (const { x, y, weight, items, count } of classifierLoader(all, labels, { batchSize: 2, train }).epoch(
        0,
      )) {
        const [a, b, c] = await Promise.all([readback(x), readback(y), readback(weight)]);
        batches.push({ x: [...a], y: [...b], weight: [...c], items, count });
        for (const t of [x, y, weight]) t.dispose();
      }
      return batches;
    };
    const valid = await collect(null);
    expect(valid.map(({ items }) => [...items])).toEqual([[1, 4], [3, 0], [2, -1]]); // prettier-ignore
    expect(valid[2]).toMatchObject({ x: [300, 1], y: [0, 0], weight: [1, 0], count: 1 });
    expect(valid[1]?.x).toEqual([400, 401, 402, 403, 1, 100, 101, 102]);
    const train = await collect({ seed: 1 });
    expect(train).toHaveLength(2);
    expect(new Set(train.flatMap(({ items }) => [...items])).size).toBe(4);
    expect(train[0]?.items).toContain(1);
  });
});
