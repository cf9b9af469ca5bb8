// Says how building a block went: the six slots of the ribbon, counts, histogram, problems.
import type { Problem } from "../base/problem";
import { SLOTS, type ClassCount, type DataReport, type SlotName, type SlotReport } from "../spec/dataReport";
import { isProblemCode, problem } from "../spec/problems";
import type { Recipe, Task } from "../spec/recipe";
import { augmentNames } from "./augment";
import type { BlockPlan } from "./blockPlan";
import { itemsWords, labelsWords, splitWords } from "./blockWords";
import { TARGET_BLOCKS } from "./blocks";
import type { DecodeOutcome } from "./decodeAll";
import { itemsOfEpoch } from "./evensClasses";
import { groupLeak } from "./groupLeak";
import type { Stats } from "./normalize";
import type { Planned } from "./plan";
import { batchProblem } from "./planChecks";
import type { FileIndex } from "./sources/fileIndex";
import { findTwins } from "./twins";
import { TRAIN, UNUSED, VALID } from "./splitters/splitter";
import { transformNames } from "./transforms";

export interface ReportFacts {
  readonly index: FileIndex;
  readonly recipe: Recipe;
  readonly planned: Planned;
  /** Size of the pictures and whether series are drawn, or why there is none. */
  readonly size: { readonly width: number; readonly height: number; readonly draws: boolean } | Problem;
  readonly augmentProblem: Problem | null;
  readonly outcome: DecodeOutcome | null;
  readonly stats: Stats | null;
}

const number = (value: number): string => value.toLocaleString("en");
const many = (count: number, one: string, several = `${one}s`): string =>
  `${number(count)} ${count === 1 ? one : several}`;

/** One problem a code, from what decoding found. */
export function decodeProblems(outcome: DecodeOutcome): Problem[] {
  const byCode = new Map<string, string[]>();
  for (const { code, path, reason } of outcome.skipped) {
    const line = `${path}: ${reason}`;
    const lines = byCode.get(code);
    if (lines === undefined) byCode.set(code, [line]);
    else lines.push(line);
  }
  return [...byCode, ...outcome.notes].map(([code, items]) => {
    const found = problem(isProblemCode(code) ? code : "IMG_DECODE", { items });
    return found.severity === "error" ? { ...found, severity: "warning" } : found;
  });
}

/** Items that train and that validate, without those that cannot be read (and, with `drop`, without copies). */
export function usedItems(
  plan: BlockPlan,
  outcome: DecodeOutcome | null,
  drop: ReadonlySet<number> = new Set(),
): { train: number[]; valid: number[] } {
  const gone = new Set(outcome?.skipped.map(({ item }) => item));
  const train: number[] = [];
  const valid: number[] = [];
  for (const [item, part] of plan.split.entries()) {
    if (part === UNUSED || gone.has(item) || drop.has(item)) continue;
    (part === TRAIN ? train : valid).push(item);
  }
  return { train, valid };
}

/** Validation items that look like a training item, with that item; none before decoding, and none of drawn series. */
export function twinsOf(plan: BlockPlan, outcome: DecodeOutcome | null): (readonly [number, number])[] {
  if (outcome?.hashes === undefined || plan.series !== null) return [];
  const { train, valid } = usedItems(plan, outcome);
  return findTwins(new Map(outcome.hashes), train, valid);
}

/** Copies that the recipe leaves out of validation. */
export function droppedTwins(plan: BlockPlan, outcome: DecodeOutcome | null, { data }: Recipe): ReadonlySet<number> {
  return new Set(data.twins === "leaveOut" ? twinsOf(plan, outcome).map(([item]) => item) : []);
}

/** Pictures of each label in either set, in the vocabulary's order. */
export function histogramOf({ vocab, labels, split }: BlockPlan): ClassCount[] {
  const counts = vocab.names.map(() => [0, 0]);
  for (const [item, own] of labels.entries()) {
    const part = split[item];
    if (part !== TRAIN && part !== VALID) continue;
    for (const label of own) {
      const count = counts[vocab.indexOf(label)];
      if (count !== undefined) count[part] = (count[part] as number) + 1;
    }
  }
  return vocab.names.map((label, i) => ({ label, train: counts[i]?.[TRAIN] ?? 0, valid: counts[i]?.[VALID] ?? 0 }));
}

/** What a vocabulary counts. */
const COUNTED: Readonly<Record<Task, readonly [one: string, several: string]>> = {
  singleLabel: ["class", "classes"],
  multiLabel: ["tag", "tags"],
  segmentation: ["class", "classes"],
  points: ["point", "points"],
  regression: ["number", "numbers"],
};

type Words = Readonly<Record<SlotName, readonly [headline: string, detail: string]>>;

function words(facts: ReportFacts, train: number, valid: number, epoch: number): Words {
  const { index, recipe, planned, size, outcome } = facts;
  const { data, task } = recipe;
  const vocab = planned.plan?.vocab.names ?? [];
  const skipped = outcome?.skipped.length ?? 0;
  const steps = Math.floor(epoch / data.batchSize);
  const shape = "width" in size ? `${size.height} × ${size.width} × ${data.channels ?? 3}` : "";
  return {
    source: [
      index.info.images > 0 ? many(index.info.images, "image") : many(index.info.files, "file"),
      `${index.info.name}: ${many(index.info.files, "file")}, ${many(index.info.tables, "table")}`,
    ],
    items: [
      many(planned.plan?.files.length ?? planned.found, "item"),
      itemsWords(data.items) + (skipped > 0 ? `; ${number(skipped)} unreadable` : ""),
    ],
    labels: [many(vocab.length, ...COUNTED[task]), labelsWords(data.labels)],
    split: [`${number(train)} / ${number(valid)}`, splitWords(data.split)],
    transforms: [shape, [...transformNames(data.transforms), ...augmentNames(data.augment)].join(", ")],
    batch: [
      shape === "" ? "" : `${data.batchSize} × ${shape}`,
      `${many(steps, "step")} an epoch, normalised by ${data.normalize}`,
    ],
  };
}

function stateOf(problems: readonly Problem[]): SlotReport["state"] {
  if (problems.some(({ severity }) => severity === "error")) return "error";
  return problems.some(({ severity }) => severity === "warning") ? "warning" : "ok";
}

/** Slots in order; those behind a failed one say what they wait for. */
function slotReports(text: Words, problems: ReadonlyMap<SlotName, readonly Problem[]>): SlotReport[] {
  let waitsFor: SlotName | null = null;
  return SLOTS.map((slot): SlotReport => {
    const own = problems.get(slot) ?? [];
    if (waitsFor !== null)
      return { slot, state: "waiting", headline: "", detail: `Waits for ${waitsFor}.`, problems: own };
    const state = stateOf(own);
    if (state === "error") waitsFor = slot;
    const [headline, detail] = text[slot];
    return { slot, state, headline: state === "error" && slot !== "source" ? "" : headline, detail, problems: own };
  });
}

/** The report of a block as far as it is known: before decoding, and again afterwards. */
export function makeReport(facts: ReportFacts): DataReport {
  const { planned, recipe, size, outcome, stats } = facts;
  const { plan } = planned;
  const { train, valid } =
    plan === null ? { train: [], valid: [] } : usedItems(plan, outcome, droppedTwins(plan, outcome, recipe));
  const problems = new Map(planned.problems);
  const add = (slot: SlotName, ...some: readonly Problem[]): void => {
    problems.set(slot, [...(problems.get(slot) ?? []), ...some]);
  };
  for (const found of outcome === null ? [] : decodeProblems(outcome)) {
    const peeked = problems.get("labels")?.find(({ code }) => code === found.code);
    // What a look at some masks said is now known of all of them; its buttons stay.
    if (peeked === undefined) add(found.code.startsWith("MASK_") ? "labels" : "items", found);
    else problems.set("labels", (problems.get("labels") ?? []).map((one) => (one === peeked ? { ...found, mend: peeked.mend } : one))); // prettier-ignore
  }
  const twins = plan === null || recipe.data.twins === "leaveOut" ? [] : twinsOf(plan, outcome);
  if (plan !== null && twins.length > 0)
    add("split", problem("SPLIT_TWINS", { items: twins.map(([a, b]) => `${plan.path(a)} = ${plan.path(b)}`) }));
  const leak = plan === null ? null : groupLeak(plan, recipe);
  if (leak !== null) add("split", leak);
  if (plan !== null && outcome !== null && train.length + valid.length === 0 && plan.files.length > 0)
    add(
      "items",
      problem("ITEMS_UNREADABLE", { items: outcome.skipped.map(({ path, reason }) => `${path}: ${reason}`) }),
    );
  if ("code" in size) add("transforms", size);
  else if (plan?.series && !size.draws) add("transforms", problem("SERIES_DRAWN"));
  if (plan?.texts) add("transforms", problem("TEXT_MODEL"));
  if (facts.augmentProblem !== null) add("transforms", facts.augmentProblem);
  const epoch = plan === null ? 0 : itemsOfEpoch(recipe, plan, train);
  if (plan !== null && epoch > 0 && epoch < recipe.data.batchSize)
    add("batch", batchProblem(recipe.data.batchSize, epoch));
  const slots = slotReports(words(facts, train.length, valid.length, epoch), problems);
  return {
    ready: plan !== null && slots.every(({ state }) => state === "ok" || state === "warning"),
    slots,
    items: plan?.files.length ?? 0,
    train: train.length,
    valid: valid.length,
    skipped: outcome?.skipped.map(({ path, code, reason }) => ({ path, code, reason })) ?? [],
    vocab: plan?.vocab.names ?? [],
    outputs: plan === null ? 0 : TARGET_BLOCKS[plan.task].outputs(plan),
    histogram: plan === null || plan.targets.kind !== "labels" ? [] : histogramOf(plan),
    inputShape: "code" in size ? [0, 0, 3] : [size.height, size.width, recipe.data.channels ?? 3],
    maskValues: planned.maskValues,
    stats,
    problems: SLOTS.flatMap((slot) => problems.get(slot) ?? []),
  };
}
