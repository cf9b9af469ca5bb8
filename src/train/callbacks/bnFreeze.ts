// Leaves the batch norms of frozen layers as they are: neither their scale and shift nor their statistics move.
import { BatchNorm } from "../../nn/layers/batchNorm";
import type { Callback, Training } from "../callback";

/** Layer groups in which nothing but norms is trained. */
function frozenNorms({ model }: Training): BatchNorm[] {
  const frozen = model.groups.filter(({ modules }) =>
    modules.every((module) => module.parameters().every(({ role, requiresGrad }) => role === "norm" || !requiresGrad)),
  );
  return frozen.flatMap(({ modules }) =>
    modules.flatMap((module) =>
      module.namedModules().flatMap(([, layer]) => (layer instanceof BatchNorm ? [layer] : [])),
    ),
  );
}

/** fastai's BnFreeze together with `train_bn=False`. */
export function bnFreeze(): Callback {
  let norms: readonly BatchNorm[] = [];
  return {
    name: "bnFreeze",
    beforeFit(learn) {
      norms = frozenNorms(learn);
    },
    // The loop and whoever predicts in between put the whole model into training mode.
    beforeBatch(learn) {
      if (learn.training) for (const norm of norms) norm.training = false;
    },
    afterBackward(learn) {
      const still = new Set(norms.flatMap((norm) => norm.parameters()));
      learn.gradients = learn.gradients.map((gradient, i) => {
        const parameter = learn.optimizer?.parameters[i]?.parameter;
        if (!parameter || !still.has(parameter)) return gradient;
        gradient?.dispose();
        return null;
      });
    },
  };
}
