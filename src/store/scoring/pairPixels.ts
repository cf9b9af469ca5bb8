// Pixels of a picture by their true and their predicted class, counted from the runs of both masks.
import { runsOf } from "../../spec/packedMask";
import type { MaskInterpretation } from "../../spec/run";
import { topLosses } from "./topLosses";

const NOTHING = new Uint8Array();

/** Runs in which neither mask changes: true class, predicted class, pixels. */
function* sharedRuns(truth: Uint8Array, answer: Uint8Array): Generator<readonly [number, number, number]> {
  const others = runsOf(answer);
  let other = others.next();
  let left = other.done ? 0 : other.value[1];
  for (const [id, length] of runsOf(truth)) {
    for (let rest = length; rest > 0 && !other.done;) {
      const both = Math.min(rest, left);
      yield [id, other.value[0], both];
      rest -= both;
      left -= both;
      if (left > 0) continue;
      other = others.next();
      left = other.done ? 0 : other.value[1];
    }
  }
}

/** Pixels by true class (rows) and predicted class, [classes × classes]; those of no class are left out. */
export function pictureConfusion(truth: Uint8Array, answer: Uint8Array, classes: number): Float64Array {
  const counts = new Float64Array(classes * classes);
  for (const [actual, predicted, pixels] of sharedRuns(truth, answer))
    if (actual < classes && predicted < classes) {
      const cell = actual * classes + predicted;
      counts[cell] = (counts[cell] ?? 0) + pixels;
    }
  return counts;
}

/** Positions of the pictures in which one class is taken for another, those with most of such pixels first. */
export function picturesOfPair(
  { targets, predicted }: Pick<MaskInterpretation, "targets" | "predicted">,
  actual: number,
  taken: number,
): number[] {
  const counts = Float32Array.from(targets, (truth, i) => {
    let pixels = 0;
    for (const [id, said, both] of sharedRuns(truth, predicted[i] ?? NOTHING))
      if (id === actual && said === taken) pixels += both;
    return pixels;
  });
  return topLosses(counts, counts.length, (position) => (counts[position] ?? 0) > 0);
}
