// One sentence about how training goes, in plain words, and what to try next; the first thing that applies.
import type { Run } from "./runs";
import { formatLoss, plural } from "./formatNumbers";

export interface Advice {
  readonly tone: "good" | "warn" | "neutral";
  readonly text: string;
}

type Going = Pick<Run, "rows" | "epochs" | "status">;

/** Epochs in a row, at the end, in which validation loss rose while training loss fell. */
function driftingApart(epochs: Run["epochs"]): number {
  let count = 0;
  for (let i = epochs.length - 1; i > 0; i -= 1) {
    const [before, now] = [epochs[i - 1], epochs[i]];
    if (!before || !now || before.validLoss === null || now.validLoss === null) break;
    if (!(now.validLoss > before.validLoss * 1.005 && now.trainLoss < before.trainLoss)) break;
    count += 1;
  }
  return count;
}

const ADVISORS: readonly ((run: Going) => Advice | null)[] = [
  ({ rows }) => {
    const last = rows[rows.length - 1];
    if (!last || Number.isFinite(last.loss)) return null;
    return {
      tone: "warn",
      text: "The loss is no longer a number. Stop, and train again with a tenth of the learning rate.",
    };
  },
  ({ rows }) => {
    const last = rows[rows.length - 1];
    const lowest = Math.min(...rows.map(({ smooth }) => smooth));
    if (!last || rows.length < 30 || !(last.smooth > 3 * lowest)) return null;
    return {
      tone: "warn",
      text: `The loss was down to ${formatLoss(lowest)} and has climbed to ${formatLoss(last.smooth)}: the learning rate is probably too high. Try a third of it.`,
    };
  },
  ({ epochs }) => {
    const count = driftingApart(epochs);
    if (count < 2) return null;
    return {
      tone: "warn",
      text: `Validation loss has risen for ${plural(count, "epoch")} while training loss fell: the model begins to learn the pictures by heart. More augmentation, more dropout or fewer epochs help; watch the metric, which may still improve.`,
    };
  },
  ({ epochs, status }) => {
    const last = epochs[epochs.length - 1];
    if (!last || last.validLoss === null || epochs.length < 2) return null;
    if (last.trainLoss > last.validLoss * 1.15 && (status === "finished" || status === "stopped"))
      return {
        tone: "neutral",
        text: "Training loss is still above validation loss, so there is room: train longer, with a higher rate, or with less augmentation and dropout.",
      };
    return null;
  },
  ({ epochs, status }) => {
    const valid = epochs.flatMap(({ validLoss }) => (validLoss === null ? [] : [validLoss]));
    const last = valid[valid.length - 1];
    if (valid.length < 2 || last === undefined) return null;
    const best = Math.min(...valid);
    const over = status === "finished" || status === "stopped";
    if (last === best)
      return {
        tone: "good",
        text: over
          ? "Validation loss ended at its lowest: more epochs would probably help."
          : "Validation loss is the lowest so far: still getting better.",
      };
    const then = `${formatLoss(best)} after epoch ${valid.indexOf(best)}`;
    return {
      tone: "neutral",
      text: over
        ? `Validation loss was lowest, ${then}, and is ${formatLoss(last)} now. If the metric is better than it was then, this is fine.`
        : `Validation loss was lower before (${then}); it often comes down again towards the end of the cycle, when the rate is small.`,
    };
  },
  ({ epochs }) => {
    const first = epochs[0];
    if (!first || first.validLoss !== null) return null;
    return {
      tone: "neutral",
      text: "There is no validation set, so nobody can tell how well this works on new pictures.",
    };
  },
];

/** Advice on a run, or null while there is nothing to say. */
export function advise(run: Going): Advice | null {
  for (const advisor of ADVISORS) {
    const advice = advisor(run);
    if (advice) return advice;
  }
  return null;
}
