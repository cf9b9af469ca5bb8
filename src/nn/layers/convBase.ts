// What every two-dimensional convolution shares, however its weight is made: geometry, bias, a ReLU fused in.
import { conv2d } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { addBias } from "../../kernels/addBias";
import "../../kernels/convolution";
import { Layer } from "../module";
import type { Shape } from "../module";
import type { Parameter } from "../parameter";

export interface ConvGeometry {
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
}

export interface ConvThen {
  /** max(y, 0) at the end; only where there is a bias. */
  readonly relu?: boolean;
}

type Pad = [[number, number], [number, number], [number, number], [number, number]];

/** [B, H, W, in] → [B, H', W', out] with PyTorch's symmetric padding. */
export abstract class ConvBase extends Layer {
  readonly kind = "Conv2d";
  readonly geometry: Required<ConvGeometry>;
  abstract readonly bias: Parameter | null;

  constructor({ inputs, outputs, kernel, stride = 1, padding = 0 }: ConvGeometry) {
    super();
    this.geometry = { inputs, outputs, kernel, stride, padding };
  }

  protected convolve(x: Tensor, weight: Tensor): Tensor {
    const { stride, padding: p } = this.geometry;
    const pad = p === 0 ? "valid" : ([[0, 0], [p, p], [p, p], [0, 0]] as Pad); // prettier-ignore
    return conv2d(x as Tensor4D, weight as Tensor4D, stride, pad);
  }

  /** The convolution with the weight as it is now. */
  protected abstract weigh(x: Tensor): Tensor;

  override forward(x: Tensor, { relu = false }: ConvThen = {}): Tensor {
    const y = this.weigh(x);
    if (!this.bias) return y;
    const shifted = addBias(y, this.bias.tensor, { relu });
    y.dispose();
    return shifted;
  }

  override outputShape([height = 1, width = 1]: Shape): Shape {
    const { kernel, stride, padding, outputs } = this.geometry;
    const after = (size: number) => Math.floor((size + 2 * padding - kernel) / stride) + 1;
    return [after(height), after(width), outputs];
  }

  override macs(input: Shape): number {
    const [height = 1, width = 1] = this.outputShape(input);
    const { inputs, outputs, kernel } = this.geometry;
    return height * width * kernel * kernel * inputs * outputs;
  }
}
