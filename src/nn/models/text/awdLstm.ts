// The AWD-LSTM (Merity et al. 2017) as fastai builds it: embedding, three LSTMs, and a state that goes on from batch to batch.
import { gather, zeros } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { detach } from "../../../tensor/detach";
import { isCollecting } from "../../../tensor/dispatch";
import { keep } from "../../../tensor/scope";
import { tensorOf } from "../../../tensor/writeTensor";
import { Embedding } from "../../layers/embedding";
import { EmbeddingDropout } from "../../layers/embeddingDropout";
import { Lstm } from "../../layers/lstm";
import type { LstmState } from "../../layers/lstm";
import { ModuleList } from "../../layers/moduleList";
import { RnnDropout } from "../../layers/rnnDropout";
import { WeightDropout } from "../../layers/weightDropout";
import { Module } from "../../module";
import type { CarriedValue, Shape, Visit } from "../../module";
import type { RecurrentInit } from "../../recurrentInit";
import type { AwdLstmConfig } from "./awdLstmConfig";

/** One list of directions a layer. */
type Hidden = readonly (readonly LstmState[])[];

const tensorsOf = (hidden: Hidden): Tensor[] => hidden.flat().flatMap(({ h, c }) => [h, c]);

/** Takes a state over for the next pass; the gradient does not go back into this one. */
function ownState(tensor: Tensor2D): Tensor2D {
  const own = keep(detach(tensor));
  tensor.dispose();
  return own;
}

export class AwdLstm extends Module {
  readonly kind = "AWD_LSTM";
  readonly encoder: Embedding;
  readonly encoderDp: EmbeddingDropout;
  readonly rnns: readonly WeightDropout[];
  readonly inputDp: RnnDropout;
  readonly hiddenDps: readonly RnnDropout[];
  #hidden: Hidden | null = null;

  constructor(vocab: number, config: AwdLstmConfig, init: RecurrentInit) {
    super();
    const { embSz, nHid, nLayers, padToken, bidir, hiddenP, inputP, embedP, weightP } = config;
    this.encoder = this.add("encoder", new Embedding(vocab, embSz, padToken, init));
    this.encoderDp = this.add("encoder_dp", new EmbeddingDropout(this.encoder, embedP));
    const layers = Array.from({ length: nLayers }, (_, l) => {
      const units = Math.floor((l === nLayers - 1 ? embSz : nHid) / (bidir ? 2 : 1));
      return new WeightDropout(new Lstm(l === 0 ? embSz : nHid, units, bidir, init), weightP);
    });
    this.rnns = this.add("rnns", new ModuleList(layers)).items;
    this.inputDp = this.add("input_dp", new RnnDropout(inputP));
    const drops = Array.from({ length: nLayers }, () => new RnnDropout(hiddenP));
    this.hiddenDps = this.add("hidden_dps", new ModuleList(drops)).items;
  }

  /** ids int32 [B, T] → outputs of the last layer, [B, T, E]; goes on from the batch before and keeps where it ends. */
  override forward(ids: Tensor): Tensor3D {
    return this.forwardVectors(this.encoderDp.forward(ids) as Tensor3D);
  }

  /** The same from the words' vectors, [B, T, E] (fastai's `from_embeddings`). */
  forwardVectors(vectors: Tensor3D): Tensor3D {
    const batch = vectors.shape[0];
    // fastai starts anew when the number of rows changes.
    if (this.#hidden && this.batchSize !== batch) this.reset();
    const hidden = this.#hidden ?? this.#zeroStates(batch);
    let x = this.inputDp.forward(vectors) as Tensor3D;
    const ends: (readonly LstmState[])[] = [];
    this.rnns.forEach((rnn, l) => {
      const { y, states } = rnn.run(x, hidden[l] as readonly LstmState[]);
      ends.push(states);
      x = l < this.rnns.length - 1 ? (this.hiddenDps[l]?.forward(y) as Tensor3D) : y;
    });
    if (!isCollecting()) this.#replace(ends);
    return x;
  }

  /** Rows that the state belongs to; 0 when there is none. */
  get batchSize(): number {
    return this.#hidden?.[0]?.[0]?.h.shape[0] ?? 0;
  }

  #zeroStates(batch: number): Hidden {
    return this.rnns.map(({ module }) =>
      module.directions.map(() => ({
        h: zeros([batch, module.hidden]) as Tensor2D,
        c: zeros([batch, module.hidden]) as Tensor2D,
      })),
    );
  }

  #replace(next: Hidden | null): void {
    const before = this.#hidden;
    this.#hidden = next?.map((states) => states.map(({ h, c }) => ({ h: ownState(h), c: ownState(c) }))) ?? null;
    if (before) tensorsOf(before).forEach((tensor) => tensor.dispose());
  }

  /** The next batch begins with a state of zeros. */
  override reset(): void {
    this.#replace(null);
  }

  /** The state of some rows, in this order, one row perhaps several times: the branches of a beam search. */
  selectHidden(rows: readonly number[]): void {
    const hidden = this.#hidden;
    if (!hidden) return;
    const indices = tensorOf(Int32Array.from(rows), [rows.length], "int32");
    const pick = (tensor: Tensor2D): Tensor2D => gather(tensor, indices);
    this.#replace(hidden.map((states) => states.map(({ h, c }) => ({ h: pick(h), c: pick(c) }))));
    indices.dispose();
  }

  override carried(): ReadonlyMap<string, Tensor> {
    return new Map((this.#hidden ? tensorsOf(this.#hidden) : []).map((tensor, i) => [`hidden.${i}`, tensor]));
  }

  override takeCarried(values: ReadonlyMap<string, CarriedValue>): void {
    this.reset();
    if (values.size === 0) return;
    let next = 0;
    const take = (): Tensor2D => {
      const { shape, data } = values.get(`hidden.${next}`) as CarriedValue;
      next += 1;
      return tensorOf(data, shape, "float32") as Tensor2D;
    };
    this.#replace(this.rnns.map(({ module }) => module.directions.map(() => ({ h: take(), c: take() }))));
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const at = (part: string): string => (name === "" ? part : `${name}.${part}`);
    let shape = this.encoder.trace(input, visit, at("encoder"));
    this.rnns.forEach((rnn, l) => (shape = rnn.trace(shape, visit, at(`rnns.${l}`))));
    return shape;
  }
}
