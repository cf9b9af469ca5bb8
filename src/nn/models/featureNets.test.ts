// The networks with `features` have torchvision's names, shapes and sizes, fastai's groups, and can carry a U-Net.
import { beforeAll, describe, expect, it } from "vitest";
import type { ModelSpec } from "../../spec/recipe";
import { openCpu } from "../../testing/cpuDevice";
import fullSize from "../../testing/torch/fullSize.json";
import { shapesOnly } from "../init";
import { stateShapes } from "../stateDict";
import { buildModel } from "./buildModel";
import { layerGroups } from "./cnn";
import { describeModel } from "./describeModel";
import { FEATURE_NETS } from "./featureNets";

beforeAll(() => openCpu());

/** FNV-1a of the lines, as make.py has it. */
function hashed(lines: readonly string[]): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(lines.join("\n"))) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}

const spec = (arch: string): ModelSpec => ({ arch, options: {}, weights: { kind: "none" }, head: { lin: [512], dropout: 0.5 } }); // prettier-ignore

describe.each(FEATURE_NETS)("$id", (architecture) => {
  const wanted = fullSize[architecture.id as keyof typeof fullSize];

  it("has torchvision's names and shapes, in order, and fastai's layer groups", () => {
    const body = architecture.make({}, 3, shapesOnly);
    // make.py puts the body into a classifier, where every name begins with one more 0.
    const lines = [...stateShapes(body.module)].map(([name, shape]) => `0.${name} ${shape.join(",")}`);
    expect(hashed(lines)).toBe(wanted.names);
    expect(body.module.parameterCount).toBe(wanted.parameters);
    const groups = layerGroups(body, "Head", []).slice(0, -1);
    expect(groups.map(({ modules }) => modules.flatMap((module) => module.parameters()).length)).toEqual(wanted.groups);
    expect(body.stages.trace([64, 64, 3], () => undefined, "").at(-1)).toBe(body.features);
    body.module.dispose();
  });

  it("carries a classifier and a U-Net for pictures of any channels", () => {
    for (const channels of [1, 4]) {
      const classifier = buildModel(spec(architecture.id), { classes: 3, channels, init: "shapes" });
      const options = { classes: 3, channels, task: "segmentation", size: [64, 96], init: "shapes" } as const;
      const unet = buildModel(spec(architecture.id), options);
      if (!classifier.ok || !unet.ok) throw new Error("not built");
      expect(describeModel(classifier.value, [64, 96, channels], 2).layers.at(-1)?.outputShape).toEqual([3]);
      expect(describeModel(unet.value, [64, 96, channels], 2).layers.at(-1)?.outputShape).toEqual([64, 96, 3]);
      for (const model of [classifier.value, unet.value]) model.dispose();
    }
  });
});
