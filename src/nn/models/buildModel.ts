// From the recipe's words to a model: body, head and layer groups.
import { createRng } from "../../base/rng";
import { err, ok } from "../../base/result";
import type { Result } from "../../base/result";
import type { Problem } from "../../base/problem";
import { defaultsOf, misfit } from "../../spec/params";
import { problem } from "../../spec/problems/index";
import type { ModelSpec, Task } from "../../spec/recipe";
import { kaimingNormal, shapesOnly } from "../init";
import type { Init } from "../init";
import { ARCHITECTURES } from "./architectures";
import { Cnn } from "./cnn";
import { createHead } from "./head";

export interface BuildOptions {
  /** Numbers that leave the model for an item, or for a pixel of a segmentation. */
  readonly classes: number;
  /** What the outputs are for; one of classification without it. */
  readonly task?: Task;
  /** Channels of the pictures. */
  readonly channels: number;
  /** "shapes": no memory, no numbers; enough to describe the model. */
  readonly init: { readonly seed: number } | "shapes";
}

interface Inits {
  readonly body: Init;
  readonly head: Init;
}

function initsOf(init: BuildOptions["init"]): Inits {
  if (init === "shapes") return { body: shapesOnly, head: shapesOnly };
  return {
    body: kaimingNormal(createRng(init.seed, "init", "body"), "out"),
    head: kaimingNormal(createRng(init.seed, "init", "head"), "in"),
  };
}

/** The classifier of a recipe with fresh parameters; fails where the recipe names what does not exist. */
export function buildModel(
  spec: ModelSpec,
  { classes, channels, init, task = "singleLabel" }: BuildOptions,
): Result<Cnn, Problem> {
  const architecture = ARCHITECTURES.find(({ id }) => id === spec.arch);
  if (!architecture) {
    const known = ARCHITECTURES.map(({ id }) => id).join(", ");
    const detail = `model.arch: "${spec.arch}" is none of ${known}.`;
    return err(problem("RECIPE_FIELDS", { detail, items: ["model.arch"] }));
  }
  if (task === "segmentation") {
    const detail = `${architecture.label} says one thing of a whole picture; a class for each pixel needs a U-Net.`;
    return err(problem("MODEL_TASK", { detail, items: ["model.arch"] }));
  }
  const options = { ...defaultsOf(architecture.params), ...spec.options };
  const wrong = architecture.params.flatMap((param) => {
    const why = misfit(param, options[param.id]);
    return why === null ? [] : [`model.options.${param.id} ${why}`];
  });
  const unknown = Object.keys(spec.options).filter((key) => !architecture.params.some(({ id }) => id === key));
  const complaints = [
    ...wrong,
    ...unknown.map((key) => `model.options.${key} is not a field of ${architecture.label}`),
  ];
  if (complaints.length > 0) {
    return err(problem("RECIPE_FIELDS", { detail: `${complaints[0]}.`, items: complaints }));
  }
  const inits = initsOf(init);
  const body = architecture.make(options, channels, inits.body);
  const head = createHead({ features: body.features, classes, ...spec.head }, inits.head);
  return ok(new Cnn(body, head));
}
