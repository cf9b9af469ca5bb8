// AlexNet after torchvision (Krizhevsky 2014, "One weird trick"): five convolutions with bias.
import { torchDefault, type Init } from "../init";
import { Conv2d } from "../layers/conv2d";
import { MaxPool2d } from "../layers/maxPool2d";
import { ReLU } from "../layers/relu";
import { Sequential } from "../layers/sequential";

/** Channels after each convolution. */
export type AlexNetWidths = readonly [number, number, number, number, number];

export const ALEXNET: AlexNetWidths = [64, 192, 384, 256, 256];

/** torchvision's `features`, numbered as there. */
export function alexnetFeatures([a, b, c, d, e]: AlexNetWidths, channels: number, init: Init): Sequential {
  const conv = (inputs: number, outputs: number, kernel: number, stride = 1) =>
    new Conv2d(
      { inputs, outputs, kernel, stride, padding: kernel === 11 ? 2 : (kernel - 1) / 2, bias: true },
      torchDefault(init, inputs * kernel * kernel),
    );
  const pool = () => new MaxPool2d({ kernel: 3, stride: 2, padding: 0 });
  return new Sequential([
    ...[conv(channels, a, 11, 4), new ReLU(), pool()],
    ...[conv(a, b, 5), new ReLU(), pool()],
    ...[conv(b, c, 3), new ReLU(), conv(c, d, 3), new ReLU(), conv(d, e, 3), new ReLU(), pool()],
  ]);
}
