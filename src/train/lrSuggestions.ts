// Where on the finder's curve to train: fastai v2's four rules.
import type { LrSuggestion } from "../spec/run";

interface Curve {
  readonly lrs: readonly number[];
  readonly losses: readonly number[];
}

const at = (values: readonly number[], i: number): number => values[i] as number;

/** The middle of the longest falling stretch: fastai's default. */
export function valley({ lrs, losses }: Curve): number {
  const n = losses.length;
  const length = Array<number>(n).fill(1);
  let end = 0;
  let start = 0;
  for (let i = 1; i < n; i += 1) {
    for (let j = 0; j < i; j += 1) {
      if (at(losses, i) < at(losses, j) && at(length, i) < at(length, j) + 1) length[i] = at(length, j) + 1;
      if (at(length, end) < at(length, i)) {
        end = i;
        start = end - at(length, end);
      }
    }
  }
  const section = (end - start) / 3;
  return at(lrs, Math.max(0, start + Math.floor(section) + Math.floor(section / 2)));
}

const argMin = (values: readonly number[]): number =>
  values.reduce((best, value, i) => (value < at(values, best) ? i : best), 0);

/** Where the loss falls fastest against ln(lr). */
export function steep({ lrs, losses }: Curve): number {
  const slopes = losses.slice(1).map((loss, i) => (loss - at(losses, i)) / Math.log(at(lrs, i + 1) / at(lrs, i)));
  return at(lrs, slopes.length > 0 ? argMin(slopes) : 0);
}

/** A tenth of the rate with the smallest loss. */
export function minimum({ lrs, losses }: Curve): number {
  return at(lrs, argMin(losses)) / 10;
}

/** numpy's gradient: central differences, one-sided at the ends. */
function gradient(values: readonly number[]): number[] {
  const last = values.length - 1;
  return values.map((_, i) => {
    const [from, to] = [Math.max(0, i - 1), Math.min(last, i + 1)];
    return to === from ? 0 : (at(values, to) - at(values, from)) / (to - from);
  });
}

/** From the right, a window of `width` slides left while the slopes at its ends differ by more than `thresh`. */
export function slide({ lrs, losses }: Curve, width = 15, thresh = 0.005): number {
  const slopes = gradient(losses);
  let right = losses.length - 1;
  let left = right - width;
  let lr = at(lrs, Math.max(0, left));
  while (left >= 0 && Math.abs(at(slopes, right) - at(slopes, left)) > thresh) {
    lr = at(lrs, left);
    right -= 1;
    left -= 1;
  }
  return lr;
}

/** The loss at a rate, between the curve's points in the logarithm of the rate. */
function lossAt({ lrs, losses }: Curve, lr: number): number {
  const next = lrs.findIndex((value) => value >= lr);
  if (next === -1) return at(losses, losses.length - 1);
  if (next === 0) return at(losses, 0);
  const part = Math.log(lr / at(lrs, next - 1)) / Math.log(at(lrs, next) / at(lrs, next - 1));
  return at(losses, next - 1) + part * (at(losses, next) - at(losses, next - 1));
}

const rules = { valley, steep, minimum, slide } as const;

/** All four over a curve of `steps` planned steps, without its first tenth and last five points; none for a shorter one. */
export function suggestLearningRates(
  lrs: readonly number[],
  losses: readonly number[],
  steps: number,
): readonly LrSuggestion[] {
  const skip = Math.floor(steps / 10);
  const trimmed = { lrs: lrs.slice(skip, -5), losses: losses.slice(skip, -5) };
  if (trimmed.losses.length < 2) return [];
  return (Object.keys(rules) as (keyof typeof rules)[]).map((id) => {
    const lr = rules[id](trimmed);
    return { id, lr, loss: lossAt({ lrs, losses }, lr) };
  });
}
