// VGG with batch norm after torchvision (Simonyan and Zisserman 2014): 3×3 convolutions, halved by pooling.
import type { Init } from "../init";
import { BatchNorm } from "../layers/batchNorm";
import { Conv2d } from "../layers/conv2d";
import { MaxPool2d } from "../layers/maxPool2d";
import { ReLU } from "../layers/relu";
import { Sequential } from "../layers/sequential";
import type { Module } from "../module";

/** Widths of the convolutions in order; "pool" halves the picture. */
export type VggPlan = readonly (number | "pool")[];

export const VGG16: VggPlan = [64, 64, "pool", 128, 128, "pool", 256, 256, 256, "pool", 512, 512, 512, "pool", 512, 512, 512, "pool"]; // prettier-ignore

/** torchvision's `features`, numbered as there. */
export function vggFeatures(plan: VggPlan, channels: number, init: Init): Sequential {
  const layers: Module[] = [];
  let inputs = channels;
  for (const outputs of plan) {
    if (outputs === "pool") layers.push(new MaxPool2d({ kernel: 2, stride: 2, padding: 0 }));
    else {
      layers.push(new Conv2d({ inputs, outputs, kernel: 3, padding: 1, bias: true }, init));
      layers.push(new BatchNorm("BatchNorm2d", outputs, init), new ReLU());
      inputs = outputs;
    }
  }
  return new Sequential(layers);
}
