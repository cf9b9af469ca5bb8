// U-Nets have fastai's sizes, names and layer groups, and start as fastai means them to.
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../../../base/rng";
import { openCpu } from "../../../testing/cpuDevice";
import { hasShared, readSharedJson } from "../../../testing/shared";
import { kaimingNormal, shapesOnly } from "../../init";
import { stateDict, stateShapes } from "../../stateDict";
import { RESNETS, resnetBody, resnetConfig } from "../architectures";
import { describeModel } from "../describeModel";
import { DynamicUnet } from "./dynamicUnet";
import { PixelShuffleIcnr } from "./pixelShuffleIcnr";
import { unetDefaults } from "./unetOptions";
import type { UnetOptions } from "./unetOptions";

beforeAll(() => openCpu());

function unet(arch: keyof typeof RESNETS, classes: number, options: Partial<UnetOptions> = {}, size = [64, 96]) {
  const body = resnetBody(resnetConfig(RESNETS[arch], 3), shapesOnly);
  const shape = { classes, channels: 3, size: size as [number, number] };
  return new DynamicUnet(body, shape, { ...unetDefaults, ...options }, shapesOnly);
}

const trained = (model: DynamicUnet) =>
  Object.fromEntries([...stateShapes(model)].filter(([name]) => !name.endsWith("num_batches_tracked")));

describe("DynamicUnet", () => {
  it("has the number of parameters of the lesson's summaries", () => {
    expect(unet("resnet34", 12, { bottle: true }).parameterCount).toBe(41_133_018);
    expect(unet("resnet34", 32).parameterCount).toBe(41_224_168);
    expect(unet("resnet18", 32).parameterCount).toBe(31_116_008);
  });

  it("lists all layers with their shapes, work and memory", () => {
    const summary = describeModel(unet("resnet34", 12), [360, 480, 3], 1);
    const shapeOf = (name: string) => summary.layers.find((layer) => layer.name === name)?.outputShape;
    expect(shapeOf("layers.4.shuf.shuf")).toEqual([24, 30, 256]);
    expect(shapeOf("layers.4.resize")).toEqual([23, 30, 256]);
    expect(shapeOf("layers.7.conv2.0")).toEqual([180, 240, 96]);
    expect(summary.layers.at(-1)).toMatchObject({ name: "layers.11.0", outputShape: [360, 480, 12], group: 2 });
    expect(summary.groups).toEqual(["Early layers", "Late layers", "Decoder"]);
    // fastai's own sum over layer outputs of the lesson's summary is 0.53 GiB an image for what a gradient needs.
    const activations = summary.memoryBytes - 16 * summary.parameters;
    expect(activations / 2 ** 30).toBeGreaterThan(0.6);
    expect(activations / 2 ** 30).toBeLessThan(2);
    expect(summary.macs).toBeGreaterThan(80e9);
  });

  it("lays an extra resize out for odd sizes, as fastai numbers it", () => {
    const names = Object.keys(trained(unet("resnet18", 3, {}, [65, 97])));
    expect(names.at(-1)).toBe("layers.12.0.bias");
  });

  it("starts an enlargement as copies of one pixel (ICNR), with weight norm too", async () => {
    for (const norm of ["none", "weight"] as const) {
      const model = new PixelShuffleIcnr({ inputs: 3, outputs: 2, norm }, kaimingNormal(createRng(5), "in"));
      const state = await stateDict(model);
      const weight = state.get(norm === "none" ? "conv.0.weight" : "conv.0.weight_v");
      const values = weight?.data as Float32Array;
      // [8, 3, 1, 1]: outputs 0–3 are alike, 4–7 are alike, and the two are not.
      const row = (o: number) => [...values.slice(3 * o, 3 * o + 3)];
      for (const o of [1, 2, 3]) expect(row(o)).toEqual(row(0));
      for (const o of [5, 6, 7]) expect(row(o)).toEqual(row(4));
      expect(row(4)).not.toEqual(row(0));
      if (norm === "weight") {
        const lengths = state.get("conv.0.weight_g")?.data as Float32Array;
        expect(lengths[4]).toBeCloseTo(Math.hypot(...row(4)), 5);
      }
      model.dispose();
    }
  });
});

describe.skipIf(!hasShared)("names, shapes and groups of the reference", () => {
  type Entry = { state: Record<string, number[]>; opts: Record<string, string>; size: [number, number] };

  it.each(["default", "blur_norm", "selfattn", "odd", "yrange_bottle", "nolastcross"])("%s", async (name) => {
    const reference = await readSharedJson<Record<string, Entry>>("reference/vision_models.json");
    const { state, opts, size } = reference[`unet.${name}`] as Entry;
    const flags = { blur: "blur" in opts, selfAttention: "self_attention" in opts, bottle: "bottle" in opts };
    const model = unet("resnet34", 12, { ...flags, norm: "mixed", lastCross: opts["last_cross"] !== "False" }, size);
    expect(trained(model)).toEqual(state);
    expect(Object.keys(trained(model))).toEqual(Object.keys(state));
  });

  it("groups the parameters as fastai does", async () => {
    const reference = await readSharedJson<Record<string, string[][]>>("reference/vision_models.json");
    const model = unet("resnet34", 12, { norm: "mixed" });
    const nameOf = new Map(model.namedParameters().map(([name, parameter]) => [parameter, name]));
    const groups = model.groups.map(({ modules }) =>
      modules.flatMap((module) => module.parameters().map((parameter) => nameOf.get(parameter))),
    );
    expect(groups).toEqual(reference["groups_unet34"]);
  });
});
