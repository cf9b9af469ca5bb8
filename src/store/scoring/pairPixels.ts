// In how many pixels of a picture one class is taken for another, read from the runs of both masks.
import { runsOf } from "../../spec/packedMask";
import type { MaskInterpretation } from "../../spec/run";
import { topLosses } from "./topLosses";

/** Pixels that are `actual` in one packed mask and `predicted` in the other. */
export function pairPixels(truth: Uint8Array, answer: Uint8Array, actual: number, predicted: number): number {
  const others = runsOf(answer);
  let other = others.next();
  let left = other.done ? 0 : other.value[1];
  let count = 0;
  for (const [id, length] of runsOf(truth)) {
    for (let rest = length; rest > 0 && !other.done;) {
      const both = Math.min(rest, left);
      if (id === actual && other.value[0] === predicted) count += both;
      rest -= both;
      left -= both;
      if (left > 0) continue;
      other = others.next();
      left = other.done ? 0 : other.value[1];
    }
  }
  return count;
}

/** Positions of the pictures that have such pixels, those with most of them first. */
export function picturesOfPair(
  { targets, predicted }: Pick<MaskInterpretation, "targets" | "predicted">,
  actual: number,
  taken: number,
): number[] {
  const nothing = new Uint8Array();
  const counts = Float32Array.from(targets, (truth, i) => pairPixels(truth, predicted[i] ?? nothing, actual, taken));
  return topLosses(counts, counts.length, (position) => (counts[position] ?? 0) > 0);
}
