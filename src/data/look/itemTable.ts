// The items of a block by set and number: searched by name, label and value, and described a few at a time.
import { ITEM_SETS, type ItemFact, type ItemQuery } from "../../spec/dataLook";
import type { BlockPlan } from "../blockPlan";

export interface ItemTable {
  /** Items that fit, in the order of the sets. */
  list(query: ItemQuery): Int32Array;
  facts(items: readonly number[]): ItemFact[];
}

/** Which set (0 train, 1 valid, 2 neither) every item is in, and its place there. */
function places(count: number, sets: readonly (readonly number[])[]): { of: Uint8Array; at: Int32Array } {
  const of = new Uint8Array(count).fill(2);
  const at = new Int32Array(count);
  for (const [set, items] of sets.entries())
    for (const [place, item] of items.entries()) {
      of[item] = set;
      at[item] = place;
    }
  let left = 0;
  for (let item = 0; item < count; item += 1) if (of[item] === 2) at[item] = left++;
  return { of, at };
}

/** What a query asks of an item, as one function. */
function matcher(plan: BlockPlan, { name, labels, value }: ItemQuery): (item: number) => boolean {
  const part = name.trim().toLowerCase();
  const numbers = plan.targets.kind === "values" ? plan.targets.of : null;
  return (item) => {
    if (part !== "" && !plan.path(item).toLowerCase().includes(part)) return false;
    const own = plan.labels[item] ?? [];
    if (!labels.every((label) => own.includes(label))) return false;
    if (value === null) return true;
    const number = numbers?.[item]?.[value.at] ?? Number.NaN;
    return number >= value.from && (value.last ? number <= value.to : number < value.to);
  };
}

/** The table of a plan; `used` are the items that train and that validate. */
export function createItemTable(
  plan: BlockPlan,
  used: { readonly train: readonly number[]; readonly valid: readonly number[] },
): ItemTable {
  const { of, at } = places(plan.files.length, [used.train, used.valid]);
  return {
    list(query) {
      const fits = matcher(plan, query);
      const wanted = query.set === "all" ? null : ITEM_SETS.indexOf(query.set);
      const found: number[] = [];
      const count = query.only?.length ?? plan.files.length;
      for (let i = 0; i < count; i += 1) {
        const item = query.only === null ? i : (query.only[i] as number);
        const there = item >= 0 && item < plan.files.length;
        if (there && (wanted === null || of[item] === wanted) && fits(item)) found.push(item);
      }
      return Int32Array.from(found);
    },
    facts: (items) =>
      items.flatMap((item): ItemFact[] => {
        if (item < 0 || item >= plan.files.length) return [];
        const set = ITEM_SETS[of[item] ?? 2] ?? "unused";
        return [{ item, path: plan.path(item), labels: plan.labels[item] ?? [], set, at: at[item] ?? 0 }];
      }),
  };
}
