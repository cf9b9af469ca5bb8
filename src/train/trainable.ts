// Which parameters train: freezing by layer groups, with batch norms left free (fastai's `train_bn`).
import type { GroupedModel } from "../nn/models/cnn";
import type { Parameter } from "../nn/parameter";
import type { NamedParameter } from "../optim/optimizer";

/** Groups before `group` stop training, but for their batch norms; negative counts from the end. Returns the group. */
export function freezeTo(model: GroupedModel, group: number, trainBn = true): number {
  const count = model.groups.length;
  const from = Math.min(Math.max(group < 0 ? count + group : group, 0), count);
  model.groups.forEach(({ modules }, index) => {
    for (const module of modules) {
      for (const parameter of module.parameters()) {
        parameter.requiresGrad = index >= from || (trainBn && parameter.role === "norm");
      }
    }
  });
  return from;
}

/** What requires a gradient, in the model's order, with its layer group. */
export function trainableParameters(model: GroupedModel): NamedParameter[] {
  const groupOf = new Map<Parameter, number>();
  model.groups.forEach(({ modules }, index) => {
    for (const module of modules) for (const parameter of module.parameters()) groupOf.set(parameter, index);
  });
  return model
    .namedParameters()
    .filter(([, parameter]) => parameter.requiresGrad)
    .map(([name, parameter]) => ({ name, parameter, group: groupOf.get(parameter) ?? model.groups.length - 1 }));
}
