// A text classifier: the AWD-LSTM read in chunks, its outputs pooled, and a small head (fastai's text classifier).
import { concat, slice } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor3D } from "@tensorflow/tfjs-core";
import { maskedConcatPool } from "../../../kernels/maskedConcatPool";
import { BatchNorm } from "../../layers/batchNorm";
import { Dropout } from "../../layers/dropout";
import { Linear } from "../../layers/linear";
import { ReLU } from "../../layers/relu";
import { Sequential } from "../../layers/sequential";
import { Module } from "../../module";
import type { Shape, Visit } from "../../module";
import { linearInit } from "../../recurrentInit";
import type { RecurrentInit } from "../../recurrentInit";
import type { LayerGroup } from "../cnn";
import { AwdLstm } from "./awdLstm";
import { AWD_LSTM_CLAS_CONFIG, withDropMult } from "./awdLstmConfig";
import type { AwdLstmConfig } from "./awdLstmConfig";
import { keptChunks } from "./keptChunks";
import type { RecurrentModel } from "./recurrentModel";

/** Reads a text in chunks: the state goes on, the gradient stops at the border, only the last chunks are kept. */
class MultiBatchEncoder extends Module {
  readonly kind = "MultiBatchEncoder";
  readonly module: AwdLstm;
  readonly bptt: number;
  readonly maxLen: number;

  constructor(module: AwdLstm, bptt: number, maxLen: number) {
    super();
    this.module = this.add("module", module);
    [this.bptt, this.maxLen] = [bptt, maxLen];
  }

  /** ids int32 [B, T] → outputs [B, T′, E] of the kept chunks, and their ids [B, T′]. */
  run(ids: Tensor): { readonly output: Tensor3D; readonly ids: Tensor } {
    const [batch = 0, length = 0] = ids.shape;
    this.module.reset();
    const kept: { output: Tensor3D; ids: Tensor }[] = [];
    for (const { start, size, keep } of keptChunks(length, this.bptt, this.maxLen)) {
      const chunk = size === length ? ids : slice(ids, [0, start], [batch, size]);
      const output = this.module.forward(chunk);
      if (keep) kept.push({ output, ids: chunk });
    }
    if (kept.length === 1) return kept[0] as { output: Tensor3D; ids: Tensor };
    const outputs = kept.map(({ output }) => output);
    return { output: concat(outputs, 1), ids: concat(kept.map((chunk) => chunk.ids), 1) }; // prettier-ignore
  }

  override forward(ids: Tensor): Tensor {
    return this.run(ids).output;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    return this.module.trace(input, visit, name === "" ? "module" : `${name}.module`);
  }
}

/** Batch norm, dropout and linear layers on top of [last, maxima, means]. */
class PoolingLinearClassifier extends Module {
  readonly kind = "PoolingLinearClassifier";
  readonly layers: Sequential;
  readonly #pad: number;

  constructor(widths: readonly number[], drops: readonly number[], pad: number, init: RecurrentInit) {
    super();
    this.#pad = pad;
    const layers: Module[] = [];
    for (let i = 0; i + 1 < widths.length; i += 1) {
      const [inputs, outputs] = [widths[i] as number, widths[i + 1] as number];
      const p = drops[i] ?? 0;
      layers.push(new BatchNorm("BatchNorm1d", inputs, linearInit(init)));
      if (p > 0) layers.push(new Dropout(p));
      layers.push(new Linear(inputs, outputs, linearInit(init)));
      if (i + 2 < widths.length) layers.push(new ReLU());
    }
    this.layers = this.add("layers", new Sequential(layers));
  }

  run({ output, ids }: { readonly output: Tensor3D; readonly ids: Tensor }): Tensor {
    return this.layers.forward(maskedConcatPool(output, ids, this.#pad));
  }

  override forward(pooled: Tensor): Tensor {
    return this.layers.forward(pooled);
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    return this.layers.trace([3 * (input.at(-1) ?? 0)], visit, name === "" ? "layers" : `${name}.layers`);
  }
}

export interface TextClassifierOptions {
  readonly config?: AwdLstmConfig;
  readonly dropMult?: number;
  /** Steps of a chunk. */
  readonly bptt?: number;
  /** Tokens from the end that are looked at. */
  readonly maxLen?: number;
  /** Widths of the head's hidden layers, and their dropouts. */
  readonly linFtrs?: readonly number[];
  readonly ps?: readonly number[];
}

/** fastai's `SequentialRNN(MultiBatchEncoder, PoolingLinearClassifier)`: names begin with 0.module. and 1.layers. */
export class TextClassifier extends Module implements RecurrentModel {
  readonly kind = "SequentialRNN";
  readonly encoder: MultiBatchEncoder;
  readonly head: PoolingLinearClassifier;
  readonly groups: readonly LayerGroup[];
  lastOutput: Tensor3D | null = null;

  constructor(vocab: number, classes: number, init: RecurrentInit, options: Required<TextClassifierOptions>) {
    super();
    const config = withDropMult(options.config, options.dropMult);
    const { bptt, maxLen, linFtrs, ps } = options;
    this.encoder = this.add("0", new MultiBatchEncoder(new AwdLstm(vocab, config, init), bptt, maxLen));
    const widths = [3 * config.embSz, ...linFtrs, classes];
    this.head = this.add("1", new PoolingLinearClassifier(widths, [config.outputP, ...ps], config.padToken, init));
    // `awd_lstm_clas_split`.
    const { encoder, encoderDp, rnns, hiddenDps } = this.encoder.module;
    this.groups = [
      { name: "Words", modules: [encoder, encoderDp] },
      ...rnns.map((rnn, l) => ({ name: `Recurrent layer ${l + 1}`, modules: [rnn, hiddenDps[l] as Module] })),
      { name: "Head", modules: [this.head] },
    ];
  }

  /** ids int32 [B, T], padding in front → logits [B, classes]. */
  override forward(ids: Tensor): Tensor {
    const read = this.encoder.run(ids);
    this.lastOutput = this.training ? read.output : null;
    return this.head.run(read);
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const at = (part: string): string => (name === "" ? part : `${name}.${part}`);
    return this.head.trace(this.encoder.trace(input, visit, at("0")), visit, at("1"));
  }
}

/** fastai's `get_text_classifier`; its `drop_mult` leaves the head's inner dropouts `ps` alone. */
export function textClassifier(
  vocab: number,
  classes: number,
  init: RecurrentInit,
  options: TextClassifierOptions = {},
): TextClassifier {
  const { config = AWD_LSTM_CLAS_CONFIG, dropMult = 1, bptt = 70, maxLen = 20 * 70, linFtrs = [50] } = options;
  const { ps = linFtrs.map(() => 0.1) } = options;
  return new TextClassifier(vocab, classes, init, { config, dropMult, bptt, maxLen, linFtrs, ps });
}
