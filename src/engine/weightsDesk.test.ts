// Real weights on real networks: how much of each is taken, and what the report says about the rest.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { buildModel } from "../nn/models/buildModel";
import { stateShapes } from "../nn/stateDict";
import { ok } from "../base/result";
import { RECIPES } from "../spec/recipes";
import type { Recipe } from "../spec/recipe";
import type { Device } from "../tensor/device";
import { openCpu } from "../testing/cpuDevice";
import { hasShared, readShared } from "../testing/shared";
import { createWeightsDesk } from "./weightsDesk";

let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
afterAll(() => device.close());

const recipe = (arch: string): Recipe => {
  const photos = RECIPES["photos"]!;
  return { ...photos, model: { ...photos.model, arch, options: {} } };
};
const desk = createWeightsDesk(({ model, task }) => {
  const built = unwrap(buildModel(model, { classes: 2, channels: 3, task, init: "shapes" }));
  const shapes = stateShapes(built);
  built.dispose();
  return ok(shapes);
});
const real = async (name: string): Promise<File> => new File([await readShared(`data/weights/${name}`)], name);

describe.skipIf(!hasShared)("real weights", () => {
  it("ResNet-18 up to layer3 fills its part of ResNet-18 once that is agreed to, and the report names the rest", async () => {
    const file = await real("resnet18_imagenet_to_layer3_bnfolded.safetensors");
    const asked = unwrap(await desk.take(recipe("resnet18"), file, { fit: "head", values: "finite" }));
    expect(asked).toMatchObject({ fit: "partial", taken: false, extra: [], misshapen: [], unfolded: 15, matched: 75 });
    expect(asked.preprocessing).toEqual({ normalize: "imagenet", bgr: false, source: "stated" });
    // layer4, and the head.
    expect(asked.missing.every((name) => /^(0\.7\.|1\.)/.test(name))).toBe(true);
    expect(asked.missing.filter((name) => name.startsWith("0.7."))).toHaveLength(25);
    const agreed = unwrap(await desk.take(recipe("resnet18"), file, { fit: "partial", values: "finite" }));
    expect(agreed.taken).toBe(true);
    expect(desk.given()?.state.size).toBe(30);
  });

  it("the same file fills the encoder of a U-Net as far as it goes", async () => {
    const file = await real("resnet18_imagenet_to_layer3_bnfolded.safetensors");
    const unet: Recipe = { ...recipe("resnet18"), task: "segmentation" };
    const report = unwrap(await desk.take(unet, file, { fit: "partial", values: "finite" }));
    expect(report).toMatchObject({ fit: "partial", taken: true, extra: [], misshapen: [], unfolded: 15, matched: 75 });
    expect(report.names.every((name) => /^layers\.0\.[0-6]\./.test(name))).toBe(true);
    expect(report.missing.filter((name) => name.startsWith("layers.0."))).toHaveLength(25);
  });

  it("SqueezeNet's features fill its body wholly, turned from blue, green, red", async () => {
    const file = await real("squeezenet1_1_imagenet_features.safetensors");
    const report = unwrap(await desk.take(recipe("squeezenet1_1"), file, { fit: "head", values: "finite" }));
    expect(report).toMatchObject({ fit: "head", taken: true, matched: 50, extra: [], misshapen: [] });
    expect(report.preprocessing).toEqual({ normalize: "caffe", bgr: true, source: "stated" });
  });

  it("an old checkpoint of another ResNet fits nowhere by accident", async () => {
    const report = unwrap(await desk.take(recipe("resnet18"), await real("cifar10_resnet20-12fca82f.th"), { fit: "head", values: "finite" })); // prettier-ignore
    expect(report).toMatchObject({ fit: "none", taken: false, path: "state_dict" });
  });
});
