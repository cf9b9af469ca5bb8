// A language model: the AWD-LSTM, and a decoder that says how likely each word comes next.
import { add, matMul, reshape, slice } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import "../../../kernels/columnSum";
import "../../../kernels/matMul";
import { RnnDropout } from "../../layers/rnnDropout";
import { Layer, Module } from "../../module";
import type { Shape, Visit } from "../../module";
import { Parameter } from "../../parameter";
import type { RecurrentInit } from "../../recurrentInit";
import type { LayerGroup } from "../cnn";
import { AwdLstm } from "./awdLstm";
import { AWD_LSTM_LM_CONFIG, withDropMult } from "./awdLstmConfig";
import type { LanguageModelConfig } from "./awdLstmConfig";
import type { RecurrentModel } from "./recurrentModel";

const range = 0.1;

/** A linear layer whose weights [V, E] may be another's: the product reads the table as it lies, no copy is turned. */
class TiedLinear extends Layer {
  readonly kind = "Linear";
  readonly weight: Parameter;
  readonly bias: Parameter | null;

  constructor(outputs: number, inputs: number, tied: Parameter | null, bias: boolean, init: RecurrentInit) {
    super();
    const weight = tied ?? new Parameter(init.uniform([outputs, inputs], range), "vector", "weight");
    this.weight = this.addParameter("weight", weight);
    const zeros = bias ? new Parameter(init.constant([outputs], 0), "vector", "bias") : null;
    this.bias = zeros && this.addParameter("bias", zeros);
  }

  override forward(x: Tensor): Tensor {
    const [batch = 1, steps = 1, width = 1] = x.shape;
    const y = matMul(reshape(x, [batch * steps, width]), this.weight.tensor, false, true);
    return reshape(this.bias ? add(y, this.bias.tensor) : y, [batch, steps, -1]);
  }

  override outputShape(input: Shape): Shape {
    return [...input.slice(0, -1), this.weight.tensor.shape[0] as number];
  }

  override macs(input: Shape): number {
    return this.weight.size * input.slice(0, -1).reduce((product, length) => product * length, 1);
  }
}

class LinearDecoder extends Module {
  readonly kind = "LinearDecoder";
  readonly decoder: TiedLinear;
  readonly outputDp: RnnDropout;

  constructor(decoder: TiedLinear, outputP: number) {
    super();
    this.decoder = this.add("decoder", decoder);
    this.outputDp = this.add("output_dp", new RnnDropout(outputP));
  }

  override forward(x: Tensor): Tensor {
    return this.decoder.forward(this.outputDp.forward(x));
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    return this.decoder.trace(input, visit, `${name}.decoder`);
  }
}

/** fastai's `SequentialRNN(AWD_LSTM, LinearDecoder)`: names begin with 0. and 1. */
export class LanguageModel extends Module implements RecurrentModel {
  readonly kind = "SequentialRNN";
  readonly encoder: AwdLstm;
  readonly decoder: LinearDecoder;
  readonly groups: readonly LayerGroup[];
  lastOutput: Tensor3D | null = null;

  constructor(vocab: number, config: LanguageModelConfig, init: RecurrentInit) {
    super();
    this.encoder = this.add("0", new AwdLstm(vocab, config, init));
    const tied = config.tieWeights ? this.encoder.encoder.weight : null;
    const linear = new TiedLinear(vocab, config.embSz, tied, config.outBias, init);
    this.decoder = this.add("1", new LinearDecoder(linear, config.outputP));
    // `awd_lstm_lm_split`: frozen, the embedding and the decoder still learn.
    const { encoder, encoderDp, rnns, hiddenDps } = this.encoder;
    this.groups = [
      ...rnns.map((rnn, l) => ({ name: `Recurrent layer ${l + 1}`, modules: [rnn, hiddenDps[l] as Module] })),
      { name: "Words", modules: [encoder, encoderDp, this.decoder] },
    ];
  }

  /** ids int32 [B, T] → logits of the next word at every step, [B, T, V]. */
  override forward(ids: Tensor): Tensor {
    const output = this.encoder.forward(ids);
    this.lastOutput = this.training ? output : null;
    return this.decoder.forward(output);
  }

  /** ids int32 [B, T] → logits of the word after them, [B, V]: only the last step is decoded. */
  nextLogits(ids: Tensor): Tensor2D {
    const output = this.encoder.forward(ids);
    const [batch, steps, width] = output.shape;
    const last = slice(output, [0, steps - 1, 0], [batch, 1, width]);
    return reshape(this.decoder.forward(last), [batch, -1]) as Tensor2D;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const at = (part: string): string => (name === "" ? part : `${name}.${part}`);
    return this.decoder.trace(this.encoder.trace(input, visit, at("0")), visit, at("1"));
  }
}

export interface LanguageModelOptions {
  readonly config?: LanguageModelConfig;
  readonly dropMult?: number;
}

/** fastai's `get_language_model` for a vocabulary of this size. */
export function languageModel(
  vocab: number,
  init: RecurrentInit,
  { config = AWD_LSTM_LM_CONFIG, dropMult = 1 }: LanguageModelOptions = {},
): LanguageModel {
  return new LanguageModel(vocab, withDropMult(config, dropMult), init);
}
