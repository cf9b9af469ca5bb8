// What a chart shows, as one generated sentence for everyone who cannot or need not look at it.
import type { MetricInfo } from "../../spec/catalog";
import type { BatchRow, EpochRow, LrFindResult } from "../../spec/run";
import { formatMetric } from "../../store/bestMetric";
import { formatLoss, formatRate } from "../../store/formatNumbers";

/** "fell from 0.41 to 0.091", "rose from …" or "stayed at …" (a relative change below `least`). */
export function moved(from: number, to: number, show: (value: number) => string = formatLoss, least = 0.02): string {
  if (!Number.isFinite(to)) return `went from ${show(from)} to not a number`;
  if (Math.abs(to - from) < least * Math.max(Math.abs(from), 1e-12)) return `stayed at ${show(to)}`;
  return `${to < from ? "fell" : "rose"} from ${show(from)} to ${show(to)}`;
}

/** The loss chart: where training loss went, and the latest validation loss with its rank. */
export function lossSentence(rows: readonly BatchRow[], epochs: readonly EpochRow[]): string {
  const first = rows[0];
  const last = rows[rows.length - 1];
  if (!first || !last) return "No step has been taken yet.";
  const train = `Training loss ${moved(first.smooth, last.smooth)}`;
  const valid = epochs.flatMap(({ validLoss }) => (validLoss === null ? [] : [validLoss]));
  const latest = valid[valid.length - 1];
  if (latest === undefined) return `${train}.`;
  const best = Math.min(...valid);
  const at = `validation ${formatLoss(latest)} after epoch ${valid.length - 1}`;
  if (valid.length === 1) return `${train}; ${at}.`;
  if (latest === best) return `${train}; ${at}, its best so far.`;
  return `${train}; ${at}, best ${formatLoss(best)} after epoch ${valid.indexOf(best)}.`;
}

/** The rates chart: the range that the learning rate went through, and where both stand. */
export function ratesSentence(rows: readonly BatchRow[]): string {
  const last = rows[rows.length - 1];
  if (!last) return "No step has been taken yet.";
  const top = rows.reduce((best, row) => (row.lr > best.lr ? row : best), last);
  return `Learning rate now ${formatRate(last.lr)}, at most ${formatRate(top.lr)} at step ${top.step}; momentum now ${last.momentum.toFixed(3)}.`;
}

const STOPPED: Readonly<Record<LrFindResult["stopped"], string>> = {
  diverged: "the search stopped where the loss exploded",
  finished: "the search took all its steps",
  notFinite: "the search stopped where the loss was no longer a number",
};

/** The finder's chart: the lowest loss, the usual suggestion, and why it ended. */
export function finderSentence({ lrs, losses, suggestions, stopped }: LrFindResult): string {
  const lowest = losses.reduce((best, loss, i) => (loss < (losses[best] ?? Infinity) ? i : best), 0);
  const lr = lrs[lowest];
  if (lr === undefined) return "The search took no step.";
  const valley = suggestions.find(({ id }) => id === "valley");
  const advice = valley ? ` The valley rule suggests ${formatRate(valley.lr)}.` : "";
  return `The loss is lowest, ${formatLoss(losses[lowest] ?? NaN)}, at a rate of ${formatRate(lr)}; ${STOPPED[stopped]}.${advice}`;
}

export interface MetricLine {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** The metric chart: for the first line its way, and the best of all lines. */
export function metricSentence(info: MetricInfo, lines: readonly MetricLine[]): string {
  const show = (value: number): string => formatMetric(info, value);
  const found = lines.flatMap(({ name, values }) => {
    const numbers = values.filter((value): value is number => value !== null && Number.isFinite(value));
    const pick = info.better === "higher" ? Math.max : Math.min;
    return numbers.length === 0 ? [] : [{ name, numbers, best: pick(...numbers) }];
  });
  const [first, ...others] = found;
  if (!first) return `${info.label} has not been measured yet.`;
  const { numbers } = first;
  const start = numbers[0] ?? NaN;
  const way =
    numbers.length === 1 ? `is ${show(start)}` : moved(start, numbers[numbers.length - 1] ?? NaN, show, 0.001);
  if (others.length === 0) return `${info.label} ${way}, best ${show(first.best)}.`;
  const top = found.reduce((a, b) => ((info.better === "higher" ? b.best > a.best : b.best < a.best) ? b : a));
  return `${info.label} of ${first.name} ${way}; the best of ${found.length} runs is ${show(top.best)} by ${top.name}.`;
}
