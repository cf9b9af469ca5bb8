// Batch normalisation over the last axis (Ioffe and Szegedy 2015), PyTorch's numbers; a following sum and ReLU are fused in.
import type { Tensor } from "@tensorflow/tfjs-core";
import { ProblemError } from "../../base/problem";
import type { Problem } from "../../base/problem";
import { batchNorm, batchNormDefaults } from "../../kernels/batchNorm";
import { problem } from "../../spec/problems/index";
import type { Init } from "../init";
import { Layer } from "../module";
import type { Counter, Shape } from "../module";
import { Parameter } from "../parameter";

export interface BatchNormThen {
  /** max(y, 0) at the end. */
  readonly relu?: boolean;
  /** Added before the ReLU. */
  readonly residual?: Tensor;
}

/** Where a norm starts, and how fast its running statistics move. */
export interface BatchNormStart {
  readonly weight?: number;
  readonly bias?: number;
  readonly momentum?: number;
}

/** Statistics of one value do not exist; PyTorch refuses too. */
function oneValue(): Problem {
  return problem("RECIPE_FIELDS", {
    title: "A batch needs at least two items.",
    detail: "The model normalises over the batch, which is impossible with one item. Nothing was changed.",
    items: ["data.batchSize"],
    mend: [{ label: "Use batches of 2", action: { do: "setRecipe", path: "data.batchSize", value: 2 } }],
  });
}

export class BatchNorm extends Layer {
  readonly kind: "BatchNorm1d" | "BatchNorm2d";
  readonly weight: Parameter;
  readonly bias: Parameter;
  readonly runningMean: Tensor;
  readonly runningVar: Tensor;
  readonly tracked: Counter;
  readonly momentum: number;

  constructor(
    kind: "BatchNorm1d" | "BatchNorm2d",
    channels: number,
    init: Init,
    { weight = 1, bias = 0, momentum = batchNormDefaults.momentum }: BatchNormStart = {},
  ) {
    super();
    this.kind = kind;
    this.momentum = momentum;
    this.weight = this.addParameter("weight", new Parameter(init.constant([channels], weight), "vector", "norm"));
    this.bias = this.addParameter("bias", new Parameter(init.constant([channels], bias), "vector", "norm"));
    this.runningMean = init.constant([channels], 0);
    this.runningVar = init.constant([channels], 1);
    this.addBuffer("running_mean", { kind: "tensor", tensor: this.runningMean });
    this.addBuffer("running_var", { kind: "tensor", tensor: this.runningVar });
    this.tracked = this.addBuffer("num_batches_tracked", { kind: "counter", value: 0 });
  }

  override forward(x: Tensor, then: BatchNormThen = {}): Tensor {
    if (this.training && x.size === this.weight.size) throw new ProblemError(oneValue());
    if (this.training) this.tracked.value += 1;
    const { runningMean, runningVar, training, momentum } = this;
    const weight = this.weight.tensor;
    const bias = this.bias.tensor;
    return batchNorm(x, { weight, bias, runningMean, runningVar, training, momentum, ...then });
  }

  override outputShape(input: Shape): Shape {
    return input;
  }
}
