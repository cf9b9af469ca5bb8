// What weights have seen: from our own notes, from a converter's words, or from the names of the layers.
import { expect, it } from "vitest";
import { preprocessingOf } from "./preprocessing";

const said = (key: string, text: string, names: readonly string[] = []) =>
  preprocessingOf(new Map([[key, text]]), names);

it.each([
  ["RGB->BGR, subtract 103.939,116.779,123.68 on 0..255", "caffe", true],
  ["RGB/127.5-1, SAME padding as TensorFlow", "half", false],
  ["RGB/255, mean .485 .456 .406, std .229 .224 .225", "imagenet", false],
  ["RGB/255, 224x224", "none", false],
])("reads %s", (text, normalize, bgr) => {
  expect(said("preprocess", text)).toEqual({ normalize, bgr, source: "stated" });
});

it("reads the notes of our own files, and survives notes that are none", () => {
  expect(said("preprocessing", '{"normalize":"mnist"}')).toEqual({ normalize: "mnist", bgr: false, source: "stated" });
  expect(said("preprocessing", "{")).toBeNull();
});

it("assumes ImageNet for torchvision's and timm's names, and nothing for others", () => {
  for (const names of [
    ["conv1.weight", "layer1.0.conv1.weight"],
    ["module.features.0.weight", "module.features.3.weight"],
    ["conv_stem.weight", "blocks.0.0.bn1.bias"],
  ])
    // prettier-ignore
    expect(preprocessingOf(new Map(), names)).toEqual({ normalize: "imagenet", bgr: false, source: "assumed" });
  expect(preprocessingOf(new Map(), ["0.0.weight", "1.8.weight"])).toBeNull();
});
