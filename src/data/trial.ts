// Tries augmentations out on one picture: with the same kernel as in training, without preparing anything again.
import type { Problem } from "../base/problem";
import type { Rng } from "../base/rng";
import { ok, type Result } from "../base/result";
import type { Choice } from "../spec/recipe";
import type { TrialRequest } from "../spec/trial";
import { AUGMENTS, chainAugments, runSteps, type AugmentChain, type Source } from "./augment";
import { laid, plainDraw, type Draw } from "./augment/draw";
import { readChoice } from "./choice";

/** One way to see the picture. */
export interface Trial {
  readonly group: string;
  readonly caption: string;
  readonly draw: Draw;
}

const DRAWS = 9;
/** The ends of what can be drawn. */
const ENDS = [0, 1 - 2 ** -32] as const;
const WAYS = [
  "as it is",
  "upside down",
  "mirrored",
  "half turn",
  "mirrored on its side",
  "quarter turn right",
  "quarter turn left",
  "mirrored on its other side",
] as const;

/** Gives the same share of every range. */
const rngAt = (share: number): Rng => ({
  uniform: () => share,
  bits: () => Math.floor(share * 2 ** 32),
  below: (n) => Math.floor(share * n),
  normal: () => 0,
});

/** Each augmentation alone; what decides the size always comes along, so that all pictures have one size. */
function alone(augment: readonly Choice[], chain: AugmentChain, source: Source): Trial[] {
  const sized = augment.filter(({ kind }) => AUGMENTS.get(kind)?.steps.some(({ evaluate }) => evaluate));
  const always = sized.flatMap((choice) => stepsAt(choice, null));
  return augment.flatMap((choice) => {
    const entry = AUGMENTS.get(choice.kind);
    if (entry === undefined) return [];
    const others = sized.includes(choice) ? sized.filter((one) => one !== choice).flatMap((one) => stepsAt(one, null)) : always; // prettier-ignore
    const ends = ENDS.map((share) => stepsAt(choice, share));
    const draws = ends.map((steps) => runSteps(plainDraw(source, 1), [...others, ...steps]));
    // What does not vary, such as a flip, needs to be seen once.
    const varies = JSON.stringify(draws[0]) !== JSON.stringify(draws[1]);
    const values = ends.map((steps) => steps.flatMap((one) => Object.values(one.values).flat()));
    const place = values[0]?.findIndex((value, i) => typeof value === "number" && value !== values[1]?.[i]) ?? -1;
    return draws.slice(0, varies ? 2 : 1).map((draw, end) => ({
      group: entry.label,
      caption: varies && place >= 0 ? shortNumber(Number(values[end]?.[place])) : "",
      draw,
    }));
  });
}

/** With a true minus sign, and no more digits than a person reads. */
const shortNumber = (value: number): string => String(Number(value.toFixed(2))).replace("-", "−");

/** The steps of a choice with values at a share of their ranges, or (null) as validation has them. */
function stepsAt(choice: Choice, share: number | null) {
  const entry = AUGMENTS.get(choice.kind);
  const fields = entry && readChoice(entry, choice);
  if (!entry || !fields || "length" in fields) return [];
  return entry.steps.flatMap((step) => {
    if (share !== null) return [{ step, values: step.resolve(rngAt(share), fields) }];
    return step.evaluate ? [{ step, values: step.evaluate(fields) }] : [];
  });
}

/** What a request shows of a picture of this size; all draws have one size. */
export function trials(
  { augment, view, item, shuffle }: TrialRequest,
  seed: number,
  source: Source,
): Result<readonly Trial[], Problem> {
  // prettier-ignore
  const chain = chainAugments(augment, seed);
  if (!chain.ok) return chain;
  const plain = chain.value.evaluate(source);
  if (view === "draws")
    return ok(
      Array.from({ length: DRAWS }, (_, i) => ({
        group: "",
        caption: `Draw ${i + 1}`,
        draw: chain.value.draw(shuffle * DRAWS + i, item, source),
      })),
    );
  if (view === "each")
    return ok([{ group: "As it is", caption: "", draw: plain }, ...alone(augment, chain.value, source)]);
  // Quarter turns need a square.
  const ways = plain.size[0] === plain.size[1] ? WAYS : WAYS.slice(0, 4);
  return ok(ways.map((caption, k) => ({ group: "", caption, draw: laid(k)(plain) })));
}
