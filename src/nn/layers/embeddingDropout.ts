// An embedding that forgets whole words for a step: rows of the table are zero, the others larger (fastai's EmbeddingDropout).
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { embedding } from "../../kernels/embedding";
import type { Shape } from "../module";
import type { Embedding } from "./embedding";
import { Masking } from "./masking";

export class EmbeddingDropout extends Masking {
  readonly kind = "EmbeddingDropout";
  readonly emb: Embedding;
  readonly p: number;

  constructor(emb: Embedding, p: number) {
    super();
    this.emb = this.add("emb", emb);
    this.p = p;
  }

  /** ids int32 [B, T] → [B, T, E]. */
  override forward(ids: Tensor): Tensor {
    if (!this.training || this.p === 0) return this.emb.forward(ids);
    const { weight, padding } = this.emb;
    return embedding(weight.tensor as Tensor2D, ids, { padding, p: this.p, ...this.draw() });
  }

  override outputShape(input: Shape): Shape {
    return this.emb.outputShape(input);
  }
}
