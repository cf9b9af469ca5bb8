// The encoder as fastai calls it: its name, and what its weights start from.
import type { Recipe } from "../recipe";
import { text } from "./python";

/** Networks that are this page's own, and what comes nearest in fastai. */
const NEAREST: Readonly<Record<string, string>> = { resnetMini: "resnet18" };

/** The name of the architecture in fastai. */
export const archOf = ({ model }: Recipe): string => NEAREST[model.arch] ?? model.arch;

/** fastai takes pretrained weights unless it is told not to. */
export const pretrainedArgument = ({ model }: Recipe): string | false =>
  model.weights.kind !== "hub" && "pretrained=False";

/** What the learner cannot be told about its encoder. */
export function encoderNotes({ model: { arch, weights } }: Recipe): string[] {
  const own = NEAREST[arch] === undefined ? [] : [`# ${arch} is a small network of Glasshouse's own; ${NEAREST[arch]} is the nearest in fastai.`]; // prettier-ignore
  return weights.kind === "file" ? [...own, `# Here the weights start from the file ${text(weights.name)}.`] : own;
}
