// What a person can do to look into the data; answers of an earlier block, or of an earlier question, are thrown away.
import type { BatchRequest, ItemQuery, ItemSet } from "../spec/dataLook";
import { EVERY_ITEM, FIRST_BATCH, NOT_LOOKED, type LookTab } from "./explorer";
import type { StudioContext } from "./studioContext";

export interface ExplorerActions {
  open(tab: LookTab): void;
  /** Lists what fits; the first item is chosen. */
  list(change: Partial<ItemQuery>, reason?: string): Promise<void>;
  /** Lists by the same query as before. */
  listAgain(): Promise<void>;
  /** Lists items that a chart was pressed for, and shows them. */
  show(change: Partial<ItemQuery>, reason: string): Promise<void>;
  /** Chooses an item by its place in the list, and reads its values. */
  choose(at: number): Promise<void>;
  /** `dataset[index]`: lists the whole set where the item is not in the list. */
  goTo(set: ItemSet, index: number): Promise<void>;
  /** Rows for what is in sight. */
  describe(items: readonly number[]): Promise<void>;
  takeBatch(change?: Partial<BatchRequest>): Promise<void>;
  factsOfLabels(): Promise<void>;
  /** Reads headers a few at a time, until enough are known or the block changes. */
  measure(): Promise<void>;
  findUnmatched(): Promise<void>;
  /** Forgets everything when the block changes; returns the end of it. */
  watch(): () => void;
}

/** So many pictures are measured, spread over all. */
export const MEASURED = 800;
const CHUNK = 40;

const spread = (items: ArrayLike<number>, most: number): number[] => {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(most, items.length) }, (_, i) => items[Math.floor(i * step)] as number);
};

/** The explorer's actions. */
export function explorerActions({ engine, stores, guard }: StudioContext): ExplorerActions {
  const { explorer, dataset } = stores;
  const block = (): number => explorer.getState().block;
  let listing = 0;
  let choosing = 0;
  let taking = 0;
  const asked = new Set<number>();

  const forget = (): void => {
    listing += 1;
    choosing += 1;
    taking += 1;
    asked.clear();
    const { values, batch } = explorer.getState();
    explorer.setState((state) => ({ ...NOT_LOOKED, facts: new Map(), block: state.block + 1 }));
    values?.image?.close();
    batch?.slots.forEach(({ image }) => image.close());
  };

  /** One item at a time: whoever holds an arrow key down waits for the last one only. */
  const readChosen = async (): Promise<void> => {
    for (;;) {
      const turn = choosing;
      const { found, at } = explorer.getState();
      const item = found?.[at];
      const values = item === undefined ? null : await guard(() => engine.itemValues(item));
      if (turn === choosing) {
        const before = explorer.getState().values;
        explorer.setState({ values });
        before?.image?.close();
        return;
      }
      values?.image?.close();
    }
  };

  let reading: Promise<void> | null = null;
  const choose = (at: number): Promise<void> => {
    choosing += 1;
    explorer.setState({ at });
    reading ??= readChosen().finally(() => (reading = null));
    return reading;
  };

  const list = async (change: Partial<ItemQuery>, reason = ""): Promise<void> => {
    const turn = ++listing;
    const query = { ...explorer.getState().query, ...change };
    explorer.setState({ query, reason });
    const found = await guard(() => engine.listItems(query));
    if (turn !== listing || found === null) return;
    explorer.setState({ found });
    await choose(0);
  };

  const describe = async (items: readonly number[]): Promise<void> => {
    const fresh = items.filter((item) => !asked.has(item));
    if (fresh.length === 0) return;
    for (const item of fresh) asked.add(item);
    const mine = block();
    const facts = await guard(() => engine.itemFacts(fresh));
    if (mine !== block() || facts === null) return;
    explorer.setState((state) => ({
      facts: new Map([...state.facts, ...facts.map((one) => [one.item, one] as const)]),
    }));
  };

  return {
    open: (tab) => explorer.setState({ tab }),
    list,
    listAgain: () => list({}),
    async show(change, reason) {
      explorer.setState({ tab: "items" });
      await list({ ...EVERY_ITEM, set: "all", ...change }, reason);
    },
    choose,
    async goTo(set, index) {
      const { query, found } = explorer.getState();
      const whole = query.name === "" && query.labels.length === 0 && query.value === null && query.only === null;
      if (!whole || query.set !== set || found === null) await list({ ...EVERY_ITEM, set });
      const last = (explorer.getState().found?.length ?? 0) - 1;
      if (last >= 0) await choose(Math.max(0, Math.min(last, index)));
    },
    describe,
    async takeBatch(change = {}) {
      const turn = ++taking;
      const request = { ...explorer.getState().request, ...change };
      explorer.setState({ request, batchBusy: true });
      const answer = await guard(() => engine.batchValues(request));
      if (turn !== taking) {
        if (answer?.ok) answer.value.slots.forEach(({ image }) => image.close());
        return;
      }
      const old = explorer.getState().batch;
      explorer.setState({ batchBusy: false, batch: null, batchProblem: null });
      old?.slots.forEach(({ image }) => image.close());
      if (answer?.ok) explorer.setState({ batch: answer.value, request: answer.value.request });
      else if (answer) explorer.setState({ batchProblem: answer.error });
    },
    async factsOfLabels() {
      const mine = block();
      const labels = await guard(() => engine.labelFacts());
      if (mine === block() && labels !== null) explorer.setState({ labels });
    },
    async measure() {
      const mine = block();
      const all = await guard(() => engine.listItems({ ...EVERY_ITEM, set: "all" }));
      if (all === null || mine !== block()) return;
      const items = spread(all, MEASURED);
      const sizes = new Uint32Array(2 * items.length);
      explorer.setState({ measured: { items, sizes, done: 0 } });
      for (let done = 0; done < items.length; done += CHUNK) {
        const some = items.slice(done, done + CHUNK);
        const read = await guard(() => engine.pictureSizes(some));
        if (read === null || mine !== block()) return;
        sizes.set(read, 2 * done);
        explorer.setState({ measured: { items, sizes, done: done + some.length } });
      }
    },
    async findUnmatched() {
      const mine = block();
      const unmatched = await guard(() => engine.unmatched());
      if (mine === block() && unmatched !== null) explorer.setState({ unmatched });
    },
    watch: () =>
      dataset.subscribe(({ report, source }, before) => {
        if (report === before.report) return;
        forget();
        const same = source === before.source && report?.vocab.join("\n") === before.report?.vocab.join("\n");
        if (!same) explorer.setState({ query: EVERY_ITEM, reason: "", request: FIRST_BATCH });
        else explorer.setState((state) => ({ query: { ...state.query, only: null, value: null }, reason: "" }));
      }),
  };
}
