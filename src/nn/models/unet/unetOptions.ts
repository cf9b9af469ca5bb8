// What one can choose about a U-Net, with fastai's names and defaults.
import type { ParamSpec, ParamValue } from "../../../spec/params";

/**
 * What keeps the decoder's convolutions in bounds. fastai's `unet_learner` has "none"; "mixed" is what its bare
 * `DynamicUnet` does: batch norm, but weight norm where the picture grows.
 */
export type DecoderNorm = "none" | "batch" | "batchZero" | "weight" | "spectral" | "mixed";

export interface UnetOptions {
  readonly norm: DecoderNorm;
  /** Averages neighbours after every enlargement, the last of them only with `blurFinal`. */
  readonly blur: boolean;
  readonly blurFinal: boolean;
  readonly selfAttention: boolean;
  /** The picture itself joins before the last layers. */
  readonly lastCross: boolean;
  /** Half the channels inside the last block. */
  readonly bottle: boolean;
  /** No gradient through the skips, as in fastai before 1.0.59. */
  readonly detachSkips: boolean;
}

export const unetDefaults: UnetOptions = {
  norm: "none",
  blur: false,
  blurFinal: true,
  selfAttention: false,
  lastCross: true,
  bottle: false,
  detachSkips: false,
};

const flag = (id: keyof UnetOptions, label: string, help: string): ParamSpec => ({
  kind: "boolean",
  id,
  label,
  help,
  default: unetDefaults[id] as boolean,
  advanced: true,
});

export const unetParams: readonly ParamSpec[] = [
  {
    kind: "choice",
    id: "norm",
    label: "Normalisation on the way up",
    help: "fastai uses none. Batch normalisation trains faster from scratch, but wants batches of several pictures.",
    default: unetDefaults.norm,
    options: [
      { id: "none", label: "None (fastai's default)" },
      { id: "batch", label: "Batch norm" },
      { id: "batchZero", label: "Batch norm that starts at zero" },
      { id: "weight", label: "Weight norm" },
      { id: "spectral", label: "Spectral norm" },
      { id: "mixed", label: "Batch norm, weight norm for enlarging" },
    ],
    advanced: true,
  },
  flag("blur", "Blur when enlarging", "Averages neighbouring pixels after every enlargement. Takes away checkerboard patterns."), // prettier-ignore
  flag("blurFinal", "Blur the last step too", "Only with the blur: whether the last enlargement is blurred as well."),
  flag("selfAttention", "Self-attention", "Lets every place of a coarse layer look at every other. Costs memory with the square of the picture's area."), // prettier-ignore
  flag("lastCross", "Show the picture again at the end", "Hands the picture itself to the last layers, so that edges can be drawn sharply."), // prettier-ignore
  flag("bottle", "Thin last block", "Halves the channels inside the last block. Saves memory at full size."),
  flag("detachSkips", "Train the encoder through the bottom only", "Sends no gradient through the side connections, as fastai did when the lesson's tables were made."), // prettier-ignore
];

/** From a recipe's checked and complete fields. */
export function unetOptionsOf(fields: Readonly<Record<string, ParamValue>>): UnetOptions {
  return {
    norm: fields["norm"] as DecoderNorm,
    blur: fields["blur"] === true,
    blurFinal: fields["blurFinal"] === true,
    selfAttention: fields["selfAttention"] === true,
    lastCross: fields["lastCross"] === true,
    bottle: fields["bottle"] === true,
    detachSkips: fields["detachSkips"] === true,
  };
}
