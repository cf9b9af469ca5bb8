// All batch augmentations, and how the recipe's list becomes one map and one change of light a picture.
import type { Problem } from "../../base/problem";
import { registry } from "../../base/registry";
import { err, ok, type Result } from "../../base/result";
import { createRng } from "../../base/rng";
import type { Size } from "../../kernels/augmentPlan";
import { problem } from "../../spec/problems";
import type { Choice, Task } from "../../spec/recipe";
import { namesOf, readChoice, type Fields } from "../choice";
import type { Augment, Step, Values } from "./augment";
import { brightness } from "./brightness";
import { contrast } from "./contrast";
import { cropPad, pad, randCrop, randPad, zoomCrop } from "./crops";
import { cutout } from "./cutout";
import { dihedral, dihedralAffine } from "./dihedral";
import { plainDraw, type Draw } from "./draw";
import { flip, flipAffine } from "./flip";
import { jitter } from "./jitter";
import { rgbRandomize } from "./rgbRandomize";
import { rotate } from "./rotate";
import { finalSize, randResizeCrop } from "./sizes";
import { squish } from "./squish";
import { perspectiveWarp, skew, symmetricWarp, tilt } from "./warps";
import { zoom } from "./zoom";

export const AUGMENTS = registry<Augment>([
  ...[flip, flipAffine, dihedral, dihedralAffine, rotate, zoom, squish],
  ...[symmetricWarp, perspectiveWarp, tilt, skew, jitter],
  ...[brightness, contrast, rgbRandomize, cutout],
  ...[randCrop, cropPad, randPad, pad, zoomCrop, randResizeCrop, finalSize],
]);

/** How the recipe's augmentations are called, in the middle of a sentence. */
export const augmentNames = (choices: readonly Choice[]): string[] => namesOf(AUGMENTS, choices);

/** Height, width and channels of the pictures that come in. */
export type Source = readonly [number, number, number];

export interface AugmentChain {
  /** How far the tiles overlap in which whole pictures are validated; null where they are not. */
  readonly overlap: number | null;
  /** Height and width of what comes out for training, and of tiles. */
  size(source: Source): Size;
  /** Depends on the seed, the epoch and the item alone, not on the batch or its order. */
  draw(epoch: number, item: number, source: Source): Draw;
  /** What a validation picture goes through: what decides its size, and nothing random. */
  evaluate(source: Source): Draw;
  /** What it goes through for test-time augmentation, in variant 0 to 7; the same each time. */
  testTime(variant: TestTimeVariant, item: number, source: Source): Draw;
}

/** fastai's eight ways to look again: into one of four corners, and mirrored or not. */
export interface TestTimeVariant {
  readonly index: number;
  /** How far it zooms in. */
  readonly scale: number;
}

interface Listed {
  readonly augment: Augment;
  readonly fields: Fields;
  /** Names its random numbers, so that no augmentation ever shifts another's. */
  readonly stream: string;
}

interface Resolved {
  readonly step: Step;
  readonly values: Values;
}

/** Runs steps by their order; the list's own order counts among equals, as in fastai. */
export function runSteps(draw: Draw, steps: readonly Resolved[]): Draw {
  return [...steps]
    .sort((a, b) => a.step.order - b.step.order)
    .reduce((now, { step, values }) => step.apply(values)(now), draw);
}

/** No augmentation at all. */
export const NO_CHAIN: AugmentChain = makeChain([], 0, false);

/** The corner and the mirroring of a variant, as steps. */
function variantSteps({ index, scale }: TestTimeVariant): readonly Resolved[] {
  const corner = { rowPct: index & 1 ? 1 : 0, colPct: index & 2 ? 1 : 0 };
  const [zoomStep, flipStep] = [zoom.steps[0], flip.steps[0]];
  return [
    ...(zoomStep ? [{ step: zoomStep, values: { scale, ...corner } }] : []),
    ...(flipStep && index & 4 ? [{ step: flipStep, values: {} }] : []),
  ];
}

function makeChain(listed: readonly Listed[], seed: number, whole: boolean): AugmentChain {
  /** What is drawn for one picture; of what also decides the size, `sized` may say the values instead. */
  const resolve = (
    which: readonly Listed[],
    place: readonly (string | number)[],
    sized?: (step: Step, fields: Fields) => Values | undefined,
  ): Resolved[] =>
    which.flatMap(({ augment, fields, stream }) => {
      const rng = createRng(seed, ...place, stream);
      const runs = rng.uniform() < (augment.params.some(({ id }) => id === "p") ? fields.number("p") : 1);
      return augment.steps.flatMap((step) => {
        const drawn = step.resolve(rng, fields);
        return runs || step.evaluate ? [{ step, values: sized?.(step, fields) ?? drawn }] : [];
      });
    });

  const overlapOf = (step: Step, fields: Fields): number | null => (whole ? (step.tiles?.(fields) ?? null) : null);
  const deciding = listed.flatMap(({ augment, fields }) =>
    augment.steps.flatMap((step) => (step.evaluate ? [{ step, values: step.evaluate(fields), overlap: overlapOf(step, fields) }] : [])),
  ); // prettier-ignore
  const evaluated = deciding.filter(({ overlap }) => overlap === null);
  return {
    overlap: deciding.find(({ overlap }) => overlap !== null)?.overlap ?? null,
    size: (source) => runSteps(plainDraw(source), deciding).size,
    evaluate: (source) => runSteps(plainDraw(source), evaluated),
    draw(epoch, item, source) {
      if (listed.length === 0) return plainDraw(source);
      const pixels = createRng(seed, "augmentPixels", epoch, item).below(2 ** 24);
      return runSteps(plainDraw(source, pixels), resolve(listed, ["augment", epoch, item]));
    },
    testTime(variant, item, source) {
      const others = listed.filter(({ augment }) => augment.notAtTestTime !== true);
      const corner = { rowPct: variant.index & 1 ? 1 : 0, colPct: variant.index & 2 ? 1 : 0 };
      const steps = resolve(others, ["testTime", variant.index, item], (step, fields) => {
        const values = step.evaluate?.(fields);
        // A crop, too, goes into the variant's corner.
        return values && { ...values, ...corner };
      });
      return runSteps(plainDraw(source, variant.index), [...steps, ...variantSteps(variant)]);
    },
  };
}

/** The recipe's augmentations; refused where a field does not fit. */
export function chainAugments(choices: readonly Choice[], seed: number, task?: Task): Result<AugmentChain, Problem> {
  const listed: Listed[] = [];
  for (const choice of choices) {
    const augment = AUGMENTS.get(choice.kind);
    if (augment === undefined) return err(problem("TRANSFORM_FIELDS", { items: [`${choice.kind} is unknown`] }));
    const fields = readChoice(augment, choice);
    if ("length" in fields) return err(problem("TRANSFORM_FIELDS", { items: fields }));
    const earlier = listed.filter((one) => one.augment === augment).length;
    listed.push({ augment, fields, stream: `${augment.id} ${earlier}` });
  }
  // Only answers that lie on the picture as its pixels do can be put together from tiles.
  return ok(makeChain(listed, seed, task === "segmentation"));
}
