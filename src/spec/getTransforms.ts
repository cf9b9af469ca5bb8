// fastai's `get_transforms` and other presets: each expands into the visible list of augmentations.
import type { Choice } from "./recipe";

/** The arguments of fastai's `get_transforms`, with its defaults. */
export interface TransformArguments {
  readonly doFlip?: boolean;
  readonly flipVert?: boolean;
  readonly maxRotate?: number;
  readonly maxZoom?: number;
  readonly maxLighting?: number;
  readonly maxWarp?: number;
  readonly pAffine?: number;
  readonly pLighting?: number;
  readonly xtraTfms?: readonly Choice[];
  /** Height and width: pictures are prepared larger, and each epoch sees another piece of this size (fastai's `rand_crop`). */
  readonly size?: readonly [number, number] | null;
}

/** The training list that fastai makes of these arguments. */
export function getTransforms(options: TransformArguments = {}): Choice[] {
  const { doFlip = true, flipVert = false, maxRotate = 10, maxZoom = 1.1, maxLighting = 0.2, maxWarp = 0.2 } = options;
  const { pAffine = 0.75, pLighting = 0.75, xtraTfms = [], size = null } = options;
  const list: Choice[] = [];
  if (size) list.push({ kind: "randCrop", height: size[0], width: size[1], padding: "reflection" });
  if (doFlip) list.push(flipVert ? { kind: "dihedralAffine", p: 1 } : { kind: "flip", p: 0.5 });
  if (maxWarp) list.push({ kind: "symmetricWarp", max: maxWarp, p: pAffine });
  if (maxRotate) list.push({ kind: "rotate", max: maxRotate, p: pAffine });
  if (maxZoom > 1) list.push({ kind: "zoom", max: maxZoom, p: pAffine });
  if (maxLighting) {
    list.push({ kind: "brightness", max: maxLighting, p: pLighting });
    list.push({ kind: "contrast", max: maxLighting, p: pLighting });
  }
  return [...list, ...xtraTfms];
}

export interface TransformPreset {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly augment: readonly Choice[];
}

/** What the menu of presets offers. */
export const TRANSFORM_PRESETS: readonly TransformPreset[] = [
  {
    id: "default",
    label: "Photographs",
    help: "fastai's get_transforms(): flip, warp, rotate, zoom, light.",
    augment: getTransforms(),
  },
  {
    id: "satellite",
    label: "Satellite",
    help: "Any way up and no warp, as in the Planet lesson.",
    augment: getTransforms({ flipVert: true, maxLighting: 0.1, maxZoom: 1.05, maxWarp: 0 }),
  },
  {
    id: "strong",
    label: "Strong",
    help: "As the head-pose lesson shows at its end: turned by 20°, zoomed to 1.5, warped and lit in every picture.",
    augment: getTransforms({ maxRotate: 20, maxZoom: 1.5, maxLighting: 0.5, maxWarp: 0.4, pAffine: 1, pLighting: 1 }),
  },
  {
    id: "digits",
    label: "Text and digits",
    help: "Nothing is mirrored: left and right matter.",
    augment: getTransforms({ doFlip: false }),
  },
  { id: "none", label: "None", help: "Every picture as it is.", augment: [] },
];
