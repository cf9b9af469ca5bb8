// All per-item transforms, and how a recipe's list of them is run.
import type { Problem } from "../../base/problem";
import { registry } from "../../base/registry";
import { err, ok, type Result } from "../../base/result";
import { problem } from "../../spec/problems";
import type { Choice } from "../../spec/recipe";
import { namesOf, readChoice, type Fields } from "../choice";
import type { Pixels } from "../decode/pixels";
import { wholeFrame, within, type Frame, type Size } from "./frame";
import { colours } from "./colours";
import { resize } from "./resize";
import { seriesPicture } from "./seriesPicture";
import type { Transform } from "./transform";

export const TRANSFORMS = registry<Transform>([resize, seriesPicture, colours]);

/** How the recipe's transforms are called, in the middle of a sentence. */
export const transformNames = (choices: readonly Choice[]): string[] => namesOf(TRANSFORMS, choices);

export interface TransformChain extends Size {
  run(pixels: Pixels): Pixels;
  /** Draws a series and runs what follows; null where the first transform does not draw. */
  readonly draw: ((series: Float32Array) => Pixels) | null;
  /** Which part of a picture of this size the result shows. */
  frame(from: Size): Frame;
}

/** The recipe's transforms as one function; refused where a field does not fit or no common size comes out. */
export function chainTransforms(choices: readonly Choice[]): Result<TransformChain, Problem> {
  const steps: { readonly transform: Transform; readonly fields: Fields }[] = [];
  let size: Size | null = null;
  for (const choice of choices) {
    const transform = TRANSFORMS.get(choice.kind);
    if (transform === undefined) return err(problem("TRANSFORM_FIELDS", { items: [`${choice.kind} is unknown`] }));
    const fields = readChoice(transform, choice);
    if ("length" in fields) return err(problem("TRANSFORM_FIELDS", { items: fields }));
    size = transform.outputSize(fields) ?? size;
    steps.push({ transform, fields });
  }
  if (size === null) return err(problem("TRANSFORM_NONE"));
  const run = (pixels: Pixels, from = 0): Pixels =>
    steps.slice(from).reduce((now, { transform, fields }) => transform.run(now, fields), pixels);
  const first = steps[0];
  return ok({
    ...size,
    run: (pixels) => run(pixels),
    draw: first?.transform.draw ? (series) => run(first.transform.draw?.(series, first.fields) as Pixels, 1) : null,
    frame(from) {
      let [frame, now] = [wholeFrame(from), from];
      for (const { transform, fields } of steps) {
        frame = within(frame, now, transform.frame?.(now, fields) ?? wholeFrame(now));
        now = transform.outputSize(fields) ?? now;
      }
      return frame;
    },
  });
}
