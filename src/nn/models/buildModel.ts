// From the recipe's words to a model: a body with a head, or a U-Net over it.
import { createRng } from "../../base/rng";
import { err, ok } from "../../base/result";
import type { Result } from "../../base/result";
import type { Problem } from "../../base/problem";
import { defaultsOf, misfit } from "../../spec/params";
import { problem } from "../../spec/problems/index";
import type { ParamSpec } from "../../spec/params";
import type { ModelSpec, Task } from "../../spec/recipe";
import { kaimingNormal, shapesOnly } from "../init";
import type { Init } from "../init";
import { ARCHITECTURES } from "./architectures";
import { Cnn } from "./cnn";
import { createHead } from "./head";
import { DynamicUnet } from "./unet/dynamicUnet";
import { unetOptionsOf, unetParams } from "./unet/unetOptions";

export interface BuildOptions {
  /** Numbers that leave the model for an item, or for a pixel of a segmentation. */
  readonly classes: number;
  /** What the outputs are for; one of classification without it. */
  readonly task?: Task;
  /** Channels of the pictures. */
  readonly channels: number;
  /** Height and width of the pictures a U-Net is laid out for (fastai's names depend on it); 256 without it. */
  readonly size?: readonly [number, number];
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

/** What is wrong with the recipe's own fields of the model, each in words. */
function misfits(spec: ModelSpec, params: readonly ParamSpec[], label: string): string[] {
  const options = { ...defaultsOf(params), ...spec.options };
  const wrong = params.flatMap((param) => {
    const why = misfit(param, options[param.id]);
    return why === null ? [] : [`model.options.${param.id} ${why}`];
  });
  const unknown = Object.keys(spec.options).filter((key) => !params.some(({ id }) => id === key));
  return [...wrong, ...unknown.map((key) => `model.options.${key} is not a field of ${label}`)];
}

/** The model of a recipe with fresh parameters; fails where the recipe names what does not exist. */
export function buildModel(
  spec: ModelSpec,
  { classes, channels, init, task = "singleLabel", size = [256, 256] }: BuildOptions,
): Result<Cnn | DynamicUnet, Problem> {
  const architecture = ARCHITECTURES.find(({ id }) => id === spec.arch);
  if (!architecture) {
    const known = ARCHITECTURES.map(({ id }) => id).join(", ");
    const detail = `model.arch: "${spec.arch}" is none of ${known}.`;
    return err(problem("RECIPE_FIELDS", { detail, items: ["model.arch"] }));
  }
  const perPixel = task === "segmentation";
  if (perPixel && !architecture.encoder) {
    const detail = `${architecture.label} cannot be the encoder of a U-Net, which a class for each pixel needs.`;
    return err(problem("MODEL_TASK", { detail, items: ["model.arch"] }));
  }
  const params = perPixel ? [...architecture.params, ...unetParams] : architecture.params;
  const complaints = misfits(spec, params, architecture.label);
  if (complaints.length > 0) {
    return err(problem("RECIPE_FIELDS", { detail: `${complaints[0]}.`, items: complaints }));
  }
  const options = { ...defaultsOf(params), ...spec.options };
  const inits = initsOf(init);
  const body = architecture.make(options, channels, inits.body);
  if (perPixel) {
    const shape = { classes, channels, size, yRange: spec.head.yRange };
    return ok(new DynamicUnet(body, shape, unetOptionsOf(options), inits.head));
  }
  const head = createHead({ features: body.features, classes, ...spec.head }, inits.head);
  return ok(new Cnn(body, head));
}
