// What charts say about labels: which occur together, how numbers are spread, where points lie on average.
import type { LabelFacts } from "../../spec/dataLook";
import type { BlockPlan } from "../blockPlan";
import { UNUSED, VALID } from "../splitters/splitter";

/** More labels than this make a matrix that nobody can read. */
const MOST_LABELS = 40;
/** So many items' points are drawn one by one. */
const MOST_SHAPES = 300;

const usedOf = ({ split }: BlockPlan): number[] => Array.from(split.keys()).filter((item) => split[item] !== UNUSED);

/** Counts of pairs of labels; the commonest labels, most frequent first. */
function together(plan: BlockPlan, used: readonly number[]): LabelFacts {
  const counts = new Map<string, number>();
  for (const item of used) for (const label of plan.labels[item] ?? []) counts.set(label, (counts.get(label) ?? 0) + 1);
  const labels = [...counts].sort((a, b) => b[1] - a[1]).map(([label]) => label).slice(0, MOST_LABELS); // prettier-ignore
  const place = new Map(labels.map((label, i) => [label, i]));
  const pairs = new Int32Array(labels.length ** 2);
  for (const item of used) {
    const own = (plan.labels[item] ?? []).flatMap((label) => place.get(label) ?? []);
    for (const a of own) for (const b of own) pairs[a * labels.length + b] = (pairs[a * labels.length + b] ?? 0) + 1;
  }
  return { kind: "together", labels, counts: pairs, all: counts.size };
}

/** Every number of every item that is used. */
function numbers(plan: BlockPlan, of: readonly Float32Array[], used: readonly number[]): LabelFacts {
  const { names } = plan.vocab;
  const values = new Float32Array(used.length * names.length);
  for (const [i, item] of used.entries()) values.set(of[item] ?? [], i * names.length);
  return {
    kind: "values",
    names,
    values,
    valid: Uint8Array.from(used, (item) => (plan.split[item] === VALID ? 1 : 0)),
  };
}

/** Fewer points than this have no shape of their own: where they lie on the picture is all there is to see. */
const SHAPE = 3;

/** The points around their own middle, in units of their spread: shapes compare whatever the size of their picture. */
function centred(points: Float32Array): Float32Array {
  const count = points.length / 2;
  const middle = [0, 1].map(
    (axis) => points.reduce((sum, value, i) => (i % 2 === axis ? sum + value : sum), 0) / count,
  );
  const moved = points.map((value, i) => value - (middle[i % 2] as number));
  const spread = Math.sqrt(moved.reduce((sum, value) => sum + value ** 2, 0) / count) || 1;
  return moved.map((value) => value / spread);
}

/** Points as shares of the box around all of them. */
function shapes(plan: BlockPlan, of: readonly Float32Array[], used: readonly number[]): LabelFacts {
  const { names } = plan.vocab;
  const width = 2 * names.length;
  const own = (item: number): Float32Array => {
    const points = of[item] ?? new Float32Array(width);
    return names.length < SHAPE ? points : centred(points);
  };
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const sums = new Float64Array(width);
  for (const item of used)
    for (const [i, value] of own(item).entries()) {
      low[i % 2] = Math.min(low[i % 2] as number, value);
      high[i % 2] = Math.max(high[i % 2] as number, value);
      sums[i] = (sums[i] ?? 0) + value;
    }
  const size = [0, 1].map((axis) => Math.max(1e-6, (high[axis] as number) - (low[axis] as number)));
  const share = (value: number, i: number): number => (value - (low[i % 2] as number)) / (size[i % 2] as number);
  const step = Math.max(1, Math.ceil(used.length / MOST_SHAPES));
  const drawn = used.filter((_, i) => i % step === 0);
  const some = new Float32Array(drawn.length * width);
  for (const [i, item] of drawn.entries()) some.set(own(item).map(share), i * width);
  const mean = Float32Array.from(sums, (sum, i) => share(sum / Math.max(1, used.length), i));
  return { kind: "points", names, some, mean, aspect: (size[1] as number) / (size[0] as number) };
}

/** What charts draw of a plan's labels. */
export function labelFacts(plan: BlockPlan): LabelFacts {
  const used = usedOf(plan);
  const { targets, task } = plan;
  if (used.length === 0) return { kind: "none" };
  if (targets.kind === "labels") return task === "multiLabel" ? together(plan, used) : { kind: "none" };
  if (targets.kind === "values") return numbers(plan, targets.of, used);
  return targets.kind === "points" ? shapes(plan, targets.of, used) : { kind: "none" };
}
