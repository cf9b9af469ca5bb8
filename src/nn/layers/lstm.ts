// One layer of PyTorch's LSTM, batch first, in one direction or in both.
import { add, concat, matMul, reshape, reverse } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import "../../kernels/columnSum";
import { lstm } from "../../kernels/lstm";
import "../../kernels/matMul";
import { Layer } from "../module";
import type { Shape } from "../module";
import { Parameter } from "../parameter";
import type { RecurrentInit } from "../recurrentInit";

/** Of one direction, [B, H] each. */
export interface LstmState {
  readonly h: Tensor2D;
  readonly c: Tensor2D;
}

export interface LstmResult {
  /** [B, T, H], or [B, T, 2H]: forwards, then backwards. */
  readonly y: Tensor3D;
  /** After the sequence, one a direction; no gradient flows through them. */
  readonly states: readonly LstmState[];
}

interface Weights {
  readonly ih: Parameter;
  readonly hh: Parameter;
  readonly biasIh: Parameter;
  readonly biasHh: Parameter;
}

export class Lstm extends Layer {
  readonly kind = "LSTM";
  readonly inputs: number;
  /** Units of one direction. */
  readonly hidden: number;
  readonly directions: readonly Weights[];

  constructor(inputs: number, hidden: number, bidirectional: boolean, init: RecurrentInit) {
    super();
    [this.inputs, this.hidden] = [inputs, hidden];
    this.directions = (bidirectional ? ["", "_reverse"] : [""]).map((suffix) => this.#weights(suffix, init));
  }

  #weights(suffix: string, init: RecurrentInit): Weights {
    const bound = 1 / Math.sqrt(this.hidden);
    const make = (name: string, shape: number[], layout: "linear" | "vector") =>
      this.addParameter(
        `${name}_l0${suffix}`,
        new Parameter(init.uniform(shape, bound), layout, layout === "linear" ? "weight" : "bias"),
      );
    const width = 4 * this.hidden;
    return {
      ih: make("weight_ih", [this.inputs, width], "linear"),
      hh: make("weight_hh", [this.hidden, width], "linear"),
      biasIh: make("bias_ih", [width], "vector"),
      biasHh: make("bias_hh", [width], "vector"),
    };
  }

  /** x [B, T, inputs] from the given states; `hh` stands in for the first direction's recurrent weights. */
  run(x: Tensor3D, states: readonly LstmState[], hh?: Tensor): LstmResult {
    const [batch, steps, inputs] = x.shape;
    const results = this.directions.map((weights, direction) => {
      const back = direction === 1;
      const flat = reshape(back ? reverse(x, 1) : x, [batch * steps, inputs]);
      const xg = reshape(matMul(flat, weights.ih.tensor), [batch, steps, 4 * this.hidden]) as Tensor3D;
      const bias = add(weights.biasIh.tensor, weights.biasHh.tensor);
      const whh = (direction === 0 && hh ? hh : weights.hh.tensor) as Tensor2D;
      const { h: h0, c: c0 } = states[direction] as LstmState;
      const result = lstm({ xg, whh, bias, h0, c0 });
      return back ? { ...result, y: reverse(result.y, 1) as Tensor3D } : result;
    });
    const ys = results.map(({ y }) => y);
    return {
      y: ys.length === 1 ? (ys[0] as Tensor3D) : (concat(ys, 2) as Tensor3D),
      states: results.map(({ h, c }) => ({ h, c })),
    };
  }

  override forward(_x: Tensor): Tensor {
    throw new Error("an LSTM needs its state: use run");
  }

  override outputShape(input: Shape): Shape {
    return [...input.slice(0, -1), this.hidden * this.directions.length];
  }

  override macs(input: Shape): number {
    const steps = input.slice(0, -1).reduce((product, length) => product * length, 1);
    return this.directions.length * steps * 4 * this.hidden * (this.inputs + this.hidden);
  }
}
