// Foreign weights: torchvision's names, and pictures with another number of channels.
import { describe, expect, it } from "vitest";
import { adaptFirstConv, adaptWeights } from "./adaptWeights";

const vector = { shape: [1], data: new Float32Array(1) };

describe("adaptWeights", () => {
  it("renames torchvision's and DataParallel's parts and leaves ours and the classifier alone", () => {
    const names = ["conv1.weight", "bn1.running_var", "module.layer1.0.conv1.weight", "layer4.2.downsample.0.weight", "0.4.0.conv1.weight", "1.8.bias", "fc.weight"]; // prettier-ignore
    const state = new Map(names.map((name) => [name, vector]));
    expect([...adaptWeights(state, 3).keys()]).toEqual([
      "0.0.weight",
      "0.1.running_var",
      "0.4.0.conv1.weight",
      "0.7.2.downsample.0.weight",
      "1.8.bias",
      "fc.weight",
    ]);
  });

  it("sums, scales or pads the first convolution for 1, 2 and 4 channels", () => {
    const weight = { shape: [1, 3, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(adaptFirstConv(weight, 1)).toEqual({ shape: [1, 1, 1, 2], data: Float32Array.of(9, 12) });
    expect(adaptFirstConv(weight, 2)).toEqual({ shape: [1, 2, 1, 2], data: Float32Array.of(1.5, 3, 4.5, 6) });
    expect(adaptFirstConv(weight, 4).data).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6, 0, 0));
    expect(adaptFirstConv(weight, 3)).toBe(weight);
  });
});
