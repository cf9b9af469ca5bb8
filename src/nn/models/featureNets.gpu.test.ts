// Narrow copies of torchvision's networks with fastai's head compute what PyTorch computes, in both modes, with gradients.
import { tensor1d } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDevice } from "../../tensor/device";
import type { Device } from "../../tensor/device";
import { expectTorchCase } from "../../testing/torchCase";
import type { TorchCase } from "../../testing/torchCase";
import classifiers from "../../testing/torch/classifiers.json";
import { shapesOnly } from "../init";
import { Sequential } from "../layers/sequential";
import { alexnetFeatures } from "./alexnet";
import { Cnn } from "./cnn";
import { densenetFeatures } from "./densenet";
import { createHead } from "./head";
import type { HeadOptions } from "./head";
import { mobilenetV2Features } from "./mobilenetV2";
import { squeezenetFeatures } from "./squeezenet";
import { vggFeatures } from "./vgg";

const problems: string[] = [];
let device: Device;

beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());

interface Net {
  readonly stages: Sequential;
  readonly features: number;
  readonly splits: readonly number[];
  readonly head?: Partial<HeadOptions>;
}

/** As `small_nets` of make.py. */
const nets: Readonly<Record<keyof typeof classifiers, () => Net>> = {
  squeezenet1_1: () => ({ stages: squeezenetFeatures(3, shapesOnly), features: 512, splits: [5, 8], head: { bnFirst: false } }), // prettier-ignore
  vgg: () => ({ stages: vggFeatures([8, "pool", 16, 16, "pool", 24, "pool"], 3, shapesOnly), features: 24, splits: [4], head: { bnFinal: true } }), // prettier-ignore
  densenet: () => ({ ...densenetFeatures({ growth: 4, blocks: [2, 3, 2, 2], width: 8, inner: 2 }, 3, shapesOnly), splits: [7], head: { concatPool: false } }), // prettier-ignore
  mobilenet_v2: () => ({ ...mobilenetV2Features(0.25, 3, shapesOnly), splits: [10] }),
  alexnet: () => ({ stages: alexnetFeatures([8, 24, 48, 32, 32], 3, shapesOnly), features: 32, splits: [6], head: { yRange: [-2, 2] } }), // prettier-ignore
};

it.each(Object.keys(nets) as (keyof typeof classifiers)[])("%s", async (name) => {
  const { stages, features, splits, head } = nets[name]();
  const top = createHead({ features, classes: 5, lin: [16], dropout: 0, ...head }, shapesOnly);
  const model = new Cnn({ module: new Sequential([stages]), stages, splits }, top);
  const { groups, ...wanted } = classifiers[name];
  const counts = model.groups.map(({ modules }) => modules.flatMap((module) => module.parameters()).length);
  expect(counts).toEqual(groups);
  // Fifty layers, most of them with two kinks.
  const deep = name === "mobilenet_v2";
  await expectTorchCase(
    name,
    model,
    wanted as unknown as TorchCase,
    tensor1d([3, 1, 0, 4, 2, 1], "int32"),
    deep ? 1e-2 : 2e-3,
  );
  expect(problems).toEqual([]);
});
