// An LSTM whose recurrent weights are dropped one by one, anew in every pass (DropConnect; fastai's WeightDropout).
import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { dropout } from "../../kernels/dropout";
import type { Shape } from "../module";
import type { Parameter } from "../parameter";
import type { Lstm, LstmResult, LstmState } from "./lstm";
import { Masking } from "./masking";

export class WeightDropout extends Masking {
  readonly kind = "WeightDropout";
  readonly module: Lstm;
  readonly p: number;
  /** The weights as they are trained: the same parameter as the LSTM's own. */
  readonly raw: Parameter;

  constructor(module: Lstm, p: number) {
    super();
    // fastai drops those of the first direction only.
    this.raw = this.addParameter("weight_hh_l0_raw", (module.directions[0] as Lstm["directions"][number]).hh);
    this.module = this.add("module", module);
    this.p = p;
  }

  run(x: Tensor3D, states: readonly LstmState[]): LstmResult {
    const weights = this.raw.tensor;
    const dropped = this.training && this.p > 0 ? dropout(weights, { p: this.p, ...this.draw() }) : weights;
    return this.module.run(x, states, dropped);
  }

  override forward(x: Tensor): Tensor {
    return this.module.forward(x);
  }

  override outputShape(input: Shape): Shape {
    return this.module.outputShape(input);
  }

  override macs(input: Shape): number {
    return this.module.macs(input);
  }
}
