// A learnable tensor: kept in the layout the GPU likes, known by the layout PyTorch writes.
import type { Tensor } from "@tensorflow/tfjs-core";
import { keep } from "../tensor/scope";

/** conv: [kh, kw, in, out] here, [out, in, kh, kw] there (or [k, in, out] and [out, in, k]); linear: [in, out] here, [out, in] there; vector: the same. */
export type Layout = "conv" | "linear" | "vector";

/** norm: scale and shift of a normalisation layer; bias: of a convolution or linear layer; weight: all others. */
export type Role = "weight" | "bias" | "norm";

/** Has identity: optimizers and layer groups know it as an object. */
export class Parameter {
  readonly tensor: Tensor;
  readonly layout: Layout;
  readonly role: Role;
  requiresGrad = true;

  constructor(tensor: Tensor, layout: Layout, role: Role) {
    this.tensor = keep(tensor);
    this.layout = layout;
    this.role = role;
  }

  get size(): number {
    return this.tensor.size;
  }
}
