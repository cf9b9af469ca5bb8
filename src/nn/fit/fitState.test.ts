// Foreign weights: other names, other channels, folded batch norms, real files; and a report that hides nothing.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwrap } from "../../base/result";
import type { Device } from "../../tensor/device";
import { openCpu } from "../../testing/cpuDevice";
import { buildModel } from "../models/buildModel";
import { stateShapes, type HostTensor } from "../stateDict";
import { adaptFirstConv, turnChannels } from "./firstConv";
import { fitState } from "./fitState";
import { unfoldNorms } from "./foldedNorms";

const plain = { name: "file", bgr: false };
const zeros = (shape: readonly number[]): HostTensor => ({
  shape,
  data: new Float32Array(shape.reduce((product, length) => product * length, 1)),
});

function shapesOf(arch: string, classes = 5, channels = 3): Map<string, number[]> {
  const head = { lin: [8], dropout: 0.5 };
  const model = unwrap(
    buildModel({ arch, options: {}, weights: { kind: "none" }, head }, { classes, channels, init: "shapes" }),
  );
  const shapes = stateShapes(model);
  model.dispose();
  return shapes;
}

let device: Device;
let wanted: Map<string, number[]>;
beforeAll(async () => {
  device = await openCpu();
  wanted = shapesOf("resnet18");
});
afterAll(() => device.close());

const stateOf = (rename: (name: string) => string | null, shapes = wanted): Map<string, HostTensor> =>
  new Map(
    [...shapes].flatMap(([name, shape]): [string, HostTensor][] => {
      const theirs = rename(name);
      return theirs === null ? [] : [[theirs, zeros(shape)]];
    }),
  );

const torchvision = (name: string): string | null =>
  name.startsWith("0.")
    ? name.replace(/^0\.0\./, "conv1.").replace(/^0\.1\./, "bn1.").replace(/^0\.([4-7])\./, (_all, n) => `layer${Number(n) - 3}.`) // prettier-ignore
    : null;

describe("names", () => {
  it.each([
    ["our own", (name: string) => name, "whole"],
    ["DataParallel's", (name: string) => `module.${name}`, "whole"],
    ["Lightning's", (name: string) => `model.net.${name}`, "whole"],
    ["torchvision's", torchvision, "head"],
    ["torchvision's within an encoder", (name: string) => { const theirs = torchvision(name); return theirs === null ? null : `encoder.${theirs}`; }, "head"],
    ["a body alone", (name: string) => (name.startsWith("0.") ? name.slice(2) : null), "head"],
    ["a U-Net's encoder", (name: string) => (name.startsWith("0.") ? `layers.${name}` : null), "head"],
  ])("%s fit", (_whose, rename, fit) => {
    const { report } = fitState(stateOf(rename), wanted, plain);
    expect(report).toMatchObject({ fit, extra: [], misshapen: [] });
    expect(report.missing.every((name) => name.startsWith("1."))).toBe(true);
  }); // prettier-ignore

  it("put torchvision's parts where fastai numbers them, and leave its classifier out", () => {
    const state = stateOf(torchvision)
      .set("fc.weight", zeros([1000, 512]))
      .set("fc.bias", zeros([1000]));
    const { report } = fitState(state, wanted, plain);
    expect(report).toMatchObject({ fit: "head", extra: ["fc.weight", "fc.bias"] });
  });

  it("that belong to another network are no fit", () => {
    const { report } = fitState(new Map([["encoder.weight", zeros([100, 40])]]), wanted, plain);
    expect(report).toMatchObject({ fit: "none", matched: 0, extra: ["encoder.weight"] });
  });

  it("of a head for other classes leave only the head", () => {
    const { report } = fitState(
      stateOf((name) => name, shapesOf("resnet18", 9)),
      wanted,
      plain,
    );
    expect(report).toMatchObject({ fit: "head", missing: [], misshapen: [{ name: "1.8.weight", expected: [5, 8], found: [9, 8] }, { name: "1.8.bias" }] }); // prettier-ignore
  });
});

describe("the first convolution", () => {
  const weight = { shape: [1, 3, 1, 2], data: Float32Array.of(1, 2, 3, 4, 5, 6) };
  it("is summed, scaled or padded for 1, 2 and 4 channels", () => {
    expect(adaptFirstConv(weight, 1)).toEqual({ shape: [1, 1, 1, 2], data: Float32Array.of(9, 12) });
    expect(adaptFirstConv(weight, 2)).toEqual({ shape: [1, 2, 1, 2], data: Float32Array.of(1.5, 3, 4.5, 6) });
    expect(adaptFirstConv(weight, 4).data).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6, 0, 0));
    expect(adaptFirstConv(weight, 3)).toBe(weight);
  });

  it("is turned from blue, green, red", () => {
    expect(turnChannels(weight).data).toEqual(Float32Array.of(5, 6, 3, 4, 1, 2));
  });

  it("fits pictures with one channel, and the report says so", () => {
    const { report, state } = fitState(stateOf(torchvision), shapesOf("resnet18", 5, 1), plain);
    expect(report).toMatchObject({ fit: "head", adaptedChannels: 1, misshapen: [] });
    expect(state.get("0.0.weight")?.shape).toEqual([64, 1, 7, 7]);
  });
});

describe("folded batch norms", () => {
  it("become norms that only add", () => {
    const shapes = new Map([["0.0.weight", [2, 3, 1, 1]], ["0.1.weight", [2]], ["0.1.bias", [2]], ["0.1.running_mean", [2]], ["0.1.running_var", [2]]]); // prettier-ignore
    const bias = { shape: [2], data: Float32Array.of(3, 4) };
    const { state, norms } = unfoldNorms(
      new Map([
        ["0.0.weight", zeros([2, 3, 1, 1])],
        ["0.0.bias", bias],
      ]),
      shapes,
    );
    expect(norms).toEqual(["0.1"]);
    expect([...state.keys()].sort()).toEqual([...shapes.keys()].sort());
    const [gain, mean, variance, shift] = ["weight", "running_mean", "running_var", "bias"].map(
      (part) => state.get(`0.1.${part}`)?.data as Float32Array,
    );
    for (const i of [0, 1]) {
      const scale = gain![i]! / Math.sqrt(variance![i]! + 1e-5);
      expect(scale).toBeCloseTo(1, 6);
      expect(shift![i]! - mean![i]! * scale).toBe(bias.data[i]);
    }
  });
});
