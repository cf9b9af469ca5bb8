// Names of other libraries: timm's MobileNetV2 lands where torchvision's does, whatever stands before it.
import { expect, it } from "vitest";
import { fitNames } from "./fitNames";

/** timm's name, torchvision's name. */
const pairs = [
  ["conv_stem.weight", "features.0.0.weight"],
  ["bn1.running_mean", "features.0.1.running_mean"],
  ["blocks.0.0.conv_dw.weight", "features.1.conv.0.0.weight"],
  ["blocks.0.0.bn1.bias", "features.1.conv.0.1.bias"],
  ["blocks.0.0.conv_pw.weight", "features.1.conv.1.weight"],
  ["blocks.0.0.bn2.weight", "features.1.conv.2.weight"],
  ["blocks.1.1.conv_pw.weight", "features.3.conv.0.0.weight"],
  ["blocks.3.2.conv_dw.weight", "features.9.conv.1.0.weight"],
  ["blocks.5.2.conv_pwl.weight", "features.16.conv.2.weight"],
  ["blocks.6.0.bn3.running_var", "features.17.conv.3.running_var"],
  ["conv_head.weight", "features.18.0.weight"],
  ["bn2.weight", "features.18.1.weight"],
] as const;

it.each(["", "module.", "model.encoder."])("are found behind %j", (prefix) => {
  // Every tensor has a length of its own, so that only the right place matches.
  const shapes = (names: readonly string[]) => new Map(names.map((name, i) => [name, [i + 1]]));
  const wanted = shapes(pairs.map(([, torchvision]) => torchvision.replace("features.", "0.0.")));
  for (const column of [0, 1] as const) {
    const found = shapes(pairs.map((pair) => prefix + pair[column]));
    const { names, matched } = fitNames(found, wanted);
    expect(matched).toBe(pairs.length);
    expect([...names.values()]).toEqual([...wanted.keys()]);
  }
});

it("leave a classifier's names alone, and never put two tensors into one place", () => {
  const found = new Map([["classifier.weight", [10, 4]], ["features.0.weight", [4, 3, 3, 3]], ["module.features.0.weight", [4, 3, 3, 3]]]); // prettier-ignore
  const { names } = fitNames(found, new Map([["0.0.0.weight", [4, 3, 3, 3]]]));
  expect(new Set(names.values()).size).toBe(3);
  expect(names.get("classifier.weight")).toBe("classifier.weight");
});
