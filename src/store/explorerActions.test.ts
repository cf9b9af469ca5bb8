// Looking into the data: what is asked of the engine, that late answers are thrown away, what charts say of sizes and numbers.
import { describe, expect, it, vi } from "vitest";
import { ok } from "../base/result";
import type { BatchValues, ItemQuery, ItemValues } from "../spec/dataLook";
import type { EngineApi } from "../rpc/protocol";
import { fakeEngine } from "../testing/fakeEngine";
import { handTimer } from "../testing/handTimer";
import { toyAnswers, toyReport } from "../testing/toyAnswers";
import { batchCode } from "./batchCode";
import { evenedOut } from "./evening";
import { MEASURED } from "./explorerActions";
import { foldSize } from "./foldSize";
import { leftOutGroups } from "./leftOut";
import { namesCsv } from "./namesCsv";
import { commonSizes, sizeOutliers, sizeSentence } from "./pictureSizes";
import { createStudio } from "./studio";
import { spreadOf } from "./valueSpread";

const picture = () =>
  ({ width: 8, height: 8, close: vi.fn() }) as unknown as ImageBitmap & { close: ReturnType<typeof vi.fn> };
const valuesOf = (item: number): ItemValues => ({
  ...{ item, path: `${item}.jpg`, labels: ["cat"], set: "train", at: item, file: "JPEG", bytes: 1, answer: "cat" },
  ...{ x: null, y: null, values: [], image: picture() },
});
const batchOf = (batch: number): BatchValues => {
  const tensor = { shape: [1], dtype: "float32", min: 0, max: 0, mean: 0, odd: 0 } as const;
  const slot = { item: 0, labels: [], weight: 1, values: [], image: picture() };
  return { request: { set: "train", epoch: 0, batch }, batches: 9, x: tensor, y: tensor, channels: [], padding: 0, dropped: 0, exact: true, slots: [slot] }; // prettier-ignore
};

function visit(over: Partial<EngineApi> = {}) {
  const listed: ItemQuery[] = [];
  const engine = fakeEngine({
    ...toyAnswers,
    listItems(query) {
      listed.push(query);
      const all = query.only ?? Array.from({ length: query.set === "valid" ? 3 : 2000 }, (_, i) => i);
      return Promise.resolve(Int32Array.from(all));
    },
    itemFacts: (items) =>
      Promise.resolve(
        items.map((item) => ({ item, path: `${item}.jpg`, labels: [], set: "train", at: item }) as const),
      ),
    itemValues: (item) => Promise.resolve(valuesOf(item)),
    batchValues: ({ batch }) => Promise.resolve(ok(batchOf(batch))),
    labelFacts: () => Promise.resolve({ kind: "none" }),
    pictureSizes: (items) => Promise.resolve(new Uint32Array(2 * items.length).fill(64)),
    unmatched: () => Promise.resolve([{ title: "Rows", detail: "…", names: ["a"], mend: [] }]),
    ...over,
  });
  const page = { goTo: () => undefined, download: () => undefined, askPermission: () => Promise.resolve(true) };
  const studio = createStudio({ engine, page, timer: handTimer() });
  studio.stores.dataset.setState({ report: toyReport });
  return { listed, studio, explorer: studio.explorer, state: () => studio.stores.explorer.getState() };
}

describe("items", () => {
  it("are listed, chosen, and reached by their number from any list", async () => {
    const { explorer, state, listed } = visit();
    await explorer.list({ name: "cat" });
    expect(state()).toMatchObject({ at: 0, values: { item: 0 } });
    await explorer.choose(7);
    expect(state()).toMatchObject({ at: 7, values: { item: 7 } });
    await explorer.goTo("train", 1234);
    expect(state()).toMatchObject({ at: 1234, values: { item: 1234 }, query: { name: "", set: "train" } });
    await explorer.goTo("valid", 99);
    expect(state()).toMatchObject({ at: 2, query: { set: "valid" } });
    expect(listed).toHaveLength(3);
  });

  it("that a chart was pressed for open in the list, with the reason", async () => {
    const { explorer, state } = visit();
    await explorer.list({ name: "old" });
    await explorer.show({ labels: ["cat"] }, "items of cat");
    expect(state()).toMatchObject({
      tab: "items",
      reason: "items of cat",
      query: { set: "all", name: "", labels: ["cat"] },
    });
  });

  it("show the one that was chosen last, and close the pictures of the others", async () => {
    const late: (() => void)[] = [];
    const made: ItemValues[] = [];
    const { explorer, state } = visit({
      itemValues(item) {
        const values = valuesOf(item);
        made.push(values);
        return new Promise((give) => void late.push(() => give(values)));
      },
    });
    const listing = explorer.list({});
    await vi.waitFor(() => expect(late).toHaveLength(1));
    const choosing = explorer.choose(5);
    void explorer.choose(3);
    void explorer.choose(5);
    late[0]?.();
    await vi.waitFor(() => expect(late).toHaveLength(2));
    late[1]?.();
    await Promise.all([listing, choosing]);
    expect(state().values?.item).toBe(5);
    expect(made.map(({ image }) => vi.mocked(image as ImageBitmap).close).map((close) => vi.mocked(close).mock.calls.length)).toEqual([1, 0]); // prettier-ignore
  });

  it("are described once each", async () => {
    const itemFacts = vi.fn<EngineApi["itemFacts"]>(() => Promise.resolve([]));
    const { explorer } = visit({ itemFacts });
    await explorer.describe([1, 2]);
    await explorer.describe([2, 3]);
    expect(itemFacts.mock.calls).toEqual([[[1, 2]], [[3]]]);
  });
});

describe("a changed block", () => {
  it("forgets what was seen, closes its pictures, and keeps the search where the classes are the same", async () => {
    const { explorer, state, studio } = visit();
    await explorer.list({ name: "cat", set: "valid", only: [1] });
    await explorer.takeBatch();
    const [image, batch] = [state().values?.image, state().batch?.slots[0]?.image];
    studio.stores.dataset.setState({ report: { ...toyReport } });
    expect(state()).toMatchObject({
      found: null,
      values: null,
      batch: null,
      query: { name: "cat", set: "valid", only: null },
    });
    expect([image, batch].map((one) => vi.mocked((one as ImageBitmap).close).mock.calls.length)).toEqual([1, 1]);
    studio.stores.dataset.setState({ report: { ...toyReport, vocab: ["x"] } });
    expect(state().query.name).toBe("");
  });

  it("ends the measuring of the one before", async () => {
    let give: () => void = () => undefined;
    const { explorer, state, studio } = visit({
      pictureSizes: (items) => new Promise((done) => void (give = () => done(new Uint32Array(2 * items.length)))),
    });
    const measuring = explorer.measure();
    await vi.waitFor(() => expect(state().measured?.done).toBe(0));
    studio.stores.dataset.setState({ report: { ...toyReport } });
    give();
    await measuring;
    expect(state().measured).toBeNull();
  });
});

describe("batches and sizes", () => {
  it("go on from the batch that was shown", async () => {
    const { explorer, state } = visit();
    await explorer.takeBatch();
    await explorer.takeBatch({ batch: state().request.batch + 1 });
    expect(state().batch?.request.batch).toBe(1);
  });

  it("are measured on items spread over all", async () => {
    const { explorer, state } = visit();
    await explorer.measure();
    const { items = [], done } = state().measured ?? {};
    expect([items.length, done, items[1], items.at(-1)]).toEqual([MEASURED, MEASURED, 2, 1997]);
  });

  it("name what is far out of the way", () => {
    const sizes = commonSizes({ items: [1, 2, 3, 4, 5, 6], sizes: Uint32Array.of(64, 64, 64, 64, 10, 64, 900, 900, 0, 0, 64, 64), done: 6 }); // prettier-ignore
    expect(sizes.map(({ width, items }) => [width, items])).toEqual([[64, [1, 2, 6]], [10, [3]], [900, [4]]]); // prettier-ignore
    expect(sizeOutliers(sizes, 64)).toEqual([
      { label: "tiny", items: [3] },
      { label: "huge", items: [4] },
      { label: "long and thin", items: [3] },
    ]);
    expect(sizeSentence(sizes, 6)).toBe("3 sizes among 5 pictures looked at, with sides from 10 to 900 pixels; 60 % are 64 × 64."); // prettier-ignore
  });
});

describe("numbers and names", () => {
  it("fall into bins whose edges find the same items again", () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => 0.1 + i * 0.07);
    const spread = spreadOf({ kind: "values", names: ["age"], values, valid: new Uint8Array(100) }, 0, 24);
    for (const [i, { from, to, train }] of spread.bins.entries()) {
      const last = i === spread.bins.length - 1;
      expect([...values].filter((value) => value >= from && (last ? value <= to : value < to))).toHaveLength(train);
    }
    expect(spreadOf({ kind: "values", names: ["a"], values: Float32Array.of(2, 2), valid: Uint8Array.of(0, 1) }, 0, 24).bins).toEqual([{ from: 2, to: 2, train: 1, valid: 1 }]); // prettier-ignore
  });

  it("are kept as a table that no spreadsheet runs", () => {
    const skipped = [{ path: "=a.jpg", code: "IMG_EMPTY", reason: "the file is empty" }];
    const groups = leftOutGroups(skipped, [{ title: "Rows", detail: "gone", names: ['b"1', "c"], mend: [] }]);
    expect(namesCsv(groups)).toBe(`what,why,name\n"Rows","gone","b""1"\n"Rows","gone","c"\n"Files that are left out","The file is empty.","'=a.jpg"\n`); // prettier-ignore
  });

  it("are one group where many masks are wrong in one way, each with its reason", () => {
    const skipped = ["a", "b"].map((name) => ({ path: `images/${name}.png`, code: "MASK_SIZE", reason: `its mask labels/${name}_P.png has 4 × 4 pixels, the picture 8 × 8` })); // prettier-ignore
    expect(leftOutGroups(skipped, [])).toEqual([
      {
        title: "Files that are left out",
        detail: "Some masks are not as large as their pictures.",
        names: [
          "images/a.png: its mask labels/a_P.png has 4 × 4 pixels, the picture 8 × 8",
          "images/b.png: its mask labels/b_P.png has 4 × 4 pixels, the picture 8 × 8",
        ],
        mend: [expect.objectContaining({ label: "Scale them to their pictures" })],
      },
    ]);
  });

  it("of a batch are printed, equal weights together", () => {
    const [one] = batchOf(0).slots;
    if (!one) throw new Error("no slot");
    const slots = [2, 0, 1].map((value, i) => ({ ...one, values: [value], weight: i < 2 ? 1 : 0 }));
    expect(batchCode({ ...batchOf(0), slots })).toBe("y = [2, 0, 1]\nweight = [1 × 2, 0]");
    const rows = { ...batchOf(0), y: { ...batchOf(0).y, shape: [1, 2] }, slots: [{ ...one, values: [0, 1] }] };
    expect(batchCode(rows)).toBe("y[0] = [0, 1]\nweight = [1]");
    expect(batchCode(batchOf(0))).toBe("weight = [1]");
  });

  it("say how classes are evened out", () => {
    expect([undefined, [], [{ kind: "overSampling" }], [{ kind: "overSampling", to: "smallest" }]].map(evenedOut)).toEqual(["none", "none", "over", "under"]); // prettier-ignore
  });

  it("parts of a cross-validation differ by one item at most", () => {
    expect([0, 1, 2, 3].map((fold) => foldSize(10, 4, fold))).toEqual([3, 3, 2, 2]);
  });
});
