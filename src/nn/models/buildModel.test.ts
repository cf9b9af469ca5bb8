// Models of the recipe: fastai's sizes, names and groups; and what is said about a recipe that does not fit.
import { beforeAll, describe, expect, it } from "vitest";
import type { ModelSpec } from "../../spec/recipe";
import { openCpu } from "../../testing/cpuDevice";
import { hasShared, readSharedJson } from "../../testing/shared";
import { shapesOnly } from "../init";
import { stateShapes } from "../stateDict";
import { RESNETS, resnetConfig } from "./architectures";
import { buildModel } from "./buildModel";
import type { Cnn } from "./cnn";
import { describeModel } from "./describeModel";
import { resnet } from "./resnet";

beforeAll(() => openCpu());

const spec = (arch: string, options: ModelSpec["options"] = {}): ModelSpec => ({
  arch,
  options,
  weights: { kind: "none" },
  head: { lin: [512], dropout: 0.5 },
});

function build(arch: string, options: ModelSpec["options"] = {}, classes = 17, channels = 3) {
  const built = buildModel(spec(arch, options), { classes, channels, init: "shapes" });
  if (!built.ok) throw new Error(built.error.detail);
  return built.value as Cnn;
}

describe("buildModel", () => {
  it.each([
    ["resnet18", 11_176_512, 11_713_105],
    ["resnet34", 21_284_672, 21_821_265],
    ["resnet50", 23_508_032, 25_623_633],
  ])("%s has fastai's number of parameters", (arch, body, all) => {
    const model = build(arch);
    expect(model.body.parameterCount).toBe(body);
    expect(model.parameterCount).toBe(all);
  });

  it("refuses an unknown architecture, an unknown field and a value out of range, by name", () => {
    const refusal = (arch: string, options: ModelSpec["options"] = {}) => {
      const built = buildModel(spec(arch, options), { classes: 2, channels: 3, init: "shapes" });
      return built.ok ? null : { code: built.error.code, items: built.error.items };
    };
    expect(refusal("resnet9")).toEqual({ code: "RECIPE_FIELDS", items: ["model.arch"] });
    expect(refusal("resnetMini", { width: 4 })?.items[0]).toContain("model.options.width must lie between 8");
    expect(refusal("resnet18", { width: 64 })?.items[0]).toContain("model.options.width is not a field");
    expect(refusal("resnetMini", { width: 8, depth: 2 })).toBeNull();
  });

  it("a wide enough resnetMini is a ResNet-18 but for its stem", () => {
    const [mini, full] = [build("resnetMini", { width: 64, depth: 2 }), build("resnet18")];
    expect(full.parameterCount - mini.parameterCount).toBe((49 - 9) * 3 * 64);
    expect([...stateShapes(mini).keys()]).toEqual([...stateShapes(full).keys()]);
  });

  it("leaves dropout layers out when there is no dropout, as fastai does", () => {
    const built = buildModel({ ...spec("resnetMini"), head: { lin: [8], dropout: 0 } }, { classes: 2, channels: 3, init: "shapes" }); // prettier-ignore
    const names = built.ok ? [...stateShapes(built.value).keys()] : [];
    expect(names.filter((name) => /^1\.\d+\.weight$/.test(name))).toEqual(["1.2.weight", "1.3.weight", "1.5.weight", "1.6.weight"]); // prettier-ignore
  });

  it("builds a U-Net for a class of every pixel, with its own fields beside the encoder's", () => {
    const segment = (options: ModelSpec["options"], size?: readonly [number, number]) =>
      buildModel(spec("resnetMini", options), { classes: 5, channels: 3, task: "segmentation", init: "shapes", ...(size ? { size } : {}) }); // prettier-ignore
    const [plain, thin] = [segment({ width: 8 }), segment({ width: 8, bottle: true }, [33, 32])];
    const shapes = [plain, thin].map((built) => (built.ok ? stateShapes(built.value) : new Map<string, number[]>()));
    expect(shapes[0]?.get("layers.10.0.weight")).toEqual([5, 19, 1, 1]);
    expect(shapes[0]?.get("layers.9.layers.0.0.weight")).toEqual([19, 19, 3, 3]);
    expect(shapes[1]?.get("layers.10.layers.0.0.weight")).toEqual([9, 19, 3, 3]);
    const wrong = segment({ norm: "layer", dropout: 1 });
    expect(wrong.ok ? [] : wrong.error.items).toEqual([
      "model.options.norm must be one of none, batch, batchZero, weight, spectral, mixed",
      "model.options.dropout is not a field of ResNet mini",
    ]);
  });

  it("a head without the maxima, with a batch norm and bounds at the end", () => {
    const head = { lin: [8], dropout: 0, concatPool: false, bnFinal: true, yRange: [-1, 1] as [number, number] };
    const built = buildModel(
      { ...spec("resnetMini", { width: 8 }), head },
      { classes: 2, channels: 3, init: "shapes" },
    );
    const shapes = built.ok ? stateShapes(built.value) : new Map<string, number[]>();
    const kinds = built.ok ? (built.value as Cnn).head.layers.map(({ kind }) => kind) : [];
    expect(shapes.get("1.2.weight")).toEqual([64]);
    expect(kinds).toEqual(["AdaptiveAvgPool2d", "Flatten", "BatchNorm1d", "Linear", "ReLU", "BatchNorm1d", "Linear", "BatchNorm1d", "SigmoidRange"]); // prettier-ignore
  });

  it("a head that takes the features as they are", () => {
    const head = { lin: [8], dropout: 0.2, bnFirst: false };
    const built = buildModel({ ...spec("resnetMini"), head }, { classes: 2, channels: 3, init: "shapes" });
    const kinds = built.ok ? (built.value as Cnn).head.layers.map(({ kind }) => kind) : [];
    expect(kinds).toEqual(["AdaptiveConcatPool2d", "Flatten", "Dropout", "Linear", "ReLU", "BatchNorm1d", "Dropout", "Linear"]); // prettier-ignore
  });

  it("a head that keeps 3 × 3 places", () => {
    const head = { lin: [8], dropout: 0, grid: 3 };
    const built = buildModel(
      { ...spec("resnetMini", { width: 8 }), head },
      { classes: 4, channels: 3, init: "shapes" },
    );
    const shapes = built.ok ? stateShapes(built.value) : new Map<string, number[]>();
    expect(shapes.get("1.2.weight")).toEqual([2 * 64 * 9]);
    expect(shapes.get("1.3.weight")).toEqual([8, 2 * 64 * 9]);
  });

  it("describes layers, groups, work and memory", () => {
    const summary = describeModel(build("resnet34"), [128, 128, 3], 64);
    expect(summary.parameters).toBe(21_821_265);
    // Head and batch norms, from fastai's `learn.summary()` rules: 536,593 + 17,024 in the body.
    expect(summary.trainableFrozen).toBe(536_593 + 17_024);
    expect(summary.groups).toEqual(["Early layers", "Late layers", "Head"]);
    expect(summary.layers.find(({ name }) => name === "0.7.2.conv2")?.outputShape).toEqual([4, 4, 512]);
    expect(summary.layers.find(({ name }) => name === "0.7.2.conv2")?.group).toBe(1);
    expect(summary.layers.at(-1)).toMatchObject({ name: "1.8", kind: "Linear", outputShape: [17], group: 2 });
    // torchvision states 3.664 GMAC at 224 px with its classifier; the body scales with the area.
    const body = describeModel(build("resnet34"), [224, 224, 3], 1).macs - (1024 * 512 + 512 * 17);
    expect(Math.abs(body / 3.664e9 - 1)).toBeLessThan(0.001);
    expect(summary.memoryBytes).toBeGreaterThan(16 * summary.parameters);
  });

  it("resnetMini of width 8 and depth 1 at 32 px stays small", () => {
    const { macs } = describeModel(build("resnetMini", { width: 8, depth: 1 }, 5), [32, 32, 3], 16);
    expect(macs).toBeLessThan(2e6);
  });
});

describe.skipIf(!hasShared)("names and shapes of the reference", () => {
  type Shapes = Record<string, number[]>;
  const trained = (shapes: ReadonlyMap<string, number[]>) =>
    Object.fromEntries([...shapes].filter(([name]) => !name.endsWith("num_batches_tracked")));

  it.each(["resnet18", "resnet34", "resnet50"] as const)("%s is torchvision's", async (arch) => {
    const reference = await readSharedJson<Record<string, { state: Shapes }>>("reference/resnet.json");
    const shapes = trained(stateShapes(resnet(resnetConfig(RESNETS[arch], 3), 1000, shapesOnly)));
    expect(shapes).toEqual(reference[arch]?.state);
    expect(Object.keys(shapes)).toEqual(Object.keys(reference[arch]?.state ?? {}));
  });

  it.each(["resnet18", "resnet34", "resnet50"])("%s with a head is fastai's, group by group", async (arch) => {
    const reference = await readSharedJson<Record<string, unknown>>("reference/vision_models.json");
    const model = build(arch);
    expect(trained(stateShapes(model))).toEqual(reference[`state_${arch}`]);
    const nameOf = new Map(model.namedParameters().map(([name, parameter]) => [parameter, name]));
    const groups = model.groups.map(({ modules }) =>
      modules.flatMap((module) => module.parameters().map((parameter) => nameOf.get(parameter))),
    );
    expect(groups).toEqual(reference[`groups_${arch}`]);
  });
});
