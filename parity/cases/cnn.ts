// fastai's create_body + create_head over every architecture of ours that the reference has: head, names, layer groups.
import { z } from "zod";
import { shapesOnly } from "../../src/nn/init";
import { ARCHITECTURES } from "../../src/nn/models/architectures";
import type { Architecture } from "../../src/nn/models/architecture";
import { Cnn } from "../../src/nn/models/cnn";
import { createHead } from "../../src/nn/models/head";
import { defaultsOf } from "../../src/spec/params";
import type { Family, ParityCase, Quantity } from "../parityCase";
import { entryOf, shapesSchema } from "../reference";
import type { Reference } from "../reference";
import { namesAndShapes } from "../stateNames";
import * as tolerance from "../tolerances";
import { headOptions, torchRepr } from "../torchRepr";

const file = "vision_models.json";

const headSchema = z.array(z.string());
const groupsSchema = z.array(z.array(z.string()));

function* compareNetwork(reference: Reference, architecture: Architecture): Iterable<Quantity> {
  const { id } = architecture;
  const head = reference.entry(file, `head_${id}`, headSchema);
  const state = reference.entry(file, `state_${id}`, shapesSchema);
  const groups = reference.entry(file, `groups_${id}`, groupsSchema);
  const channels = Object.values(state)[0]?.[1] ?? 0;
  const body = architecture.make(defaultsOf(architecture.params), channels, shapesOnly);
  const model = new Cnn(body, createHead({ features: body.features, ...headOptions(head) }, shapesOnly));
  yield namesAndShapes(model, state);
  yield { quantity: "head", actual: model.head.layers.map(torchRepr), expected: head, tolerance: tolerance.exact };
  const names = new Map(model.namedParameters().map(([name, parameter]) => [parameter, name]));
  const ours = model.groups.map(({ modules }) => modules.flatMap((module) => module.parameters()));
  const words = (all: readonly (readonly string[])[]) => all.flatMap((group, i) => group.map((name) => `${i} ${name}`));
  yield {
    quantity: "layer groups",
    actual: words(ours.map((group) => group.map((parameter) => names.get(parameter) ?? "nameless"))),
    expected: words(groups),
    tolerance: tolerance.exact,
  };
  model.dispose();
}

/** One case an architecture. */
export const cnnFamily: Family = (reference) => {
  const keys = new Set(reference.keys(file));
  const parts = (id: string) => [`head_${id}`, `state_${id}`, `groups_${id}`];
  return ARCHITECTURES.filter(({ id }) => parts(id).every((key) => keys.has(key))).map((architecture): ParityCase => ({
    name: `cnn/${architecture.id}`,
    cost: "light",
    covers: parts(architecture.id).map((key) => entryOf(file, key)),
    run: () => compareNetwork(reference, architecture),
  }));
};
