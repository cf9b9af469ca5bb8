// Weights in and out: what fits is taken, a head of another size stays fresh, everything else is refused by name.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { writeSafetensors } from "../formats/safetensors/writeSafetensors";
import { buildModel } from "../nn/models/buildModel";
import { stateDict, type HostTensor } from "../nn/stateDict";
import type { Recipe, Stage } from "../spec/recipe";
import { RECIPES } from "../spec/recipes";
import type { Device } from "../tensor/device";
import { liveTensors } from "../tensor/scope";
import { openCpu } from "../testing/cpuDevice";
import type { DataDesk } from "./dataDesk";
import { createModelDesk } from "./modelDesk";
import type { Session } from "./session";

const shapes = RECIPES["shapes"]!;
const data = {
  block: () => ({ report: { vocab: ["a", "b", "c"], outputs: 3 } }),
  inputShape: () => [16, 16, 3] as const,
} as unknown as DataDesk;
const desk = createModelDesk({} as Session, data);

const careful = { fit: "whole", values: "finite" } as const;
const newHead = { fit: "head", values: "finite" } as const;

/** The weights of the recipe's model with so many classes, as a file. */
async function weights(classes: number, change: (state: Map<string, HostTensor>) => void = () => undefined) {
  const model = unwrap(buildModel(shapes.model, { classes, channels: 3, init: { seed: 1 } }));
  const state = await stateDict(model);
  model.dispose();
  change(state);
  return new File([writeSafetensors(state)], "mine.safetensors");
}

let device: Device;
beforeAll(async () => {
  device = await openCpu();
});
afterAll(() => device.close());

describe("the model desk", () => {
  it("describes a model without leaving a tensor behind", () => {
    const before = liveTensors();
    const summary = unwrap(desk.describe(shapes));
    expect(summary.layers.at(-1)).toMatchObject({ kind: "Linear", outputShape: [3] });
    expect(liveTensors()).toBe(before);
  });

  it("says what a step takes at each picture size of the stages, once each", () => {
    const sized = {
      ...(data as object),
      inputShape: (recipe: Recipe) => [Number(recipe.data.transforms[0]?.["size"]), 16, 3],
    } as unknown as DataDesk;
    const transforms = [{ kind: "resize", size: 16, method: "squish" }];
    const stages: Stage[] = [{ do: "setSize", size: 32 }, { do: "freeze" }, { do: "setSize", size: 16 }];
    const recipe = { ...shapes, data: { ...shapes.data, transforms }, train: { ...shapes.train, stages } };
    const { steps, memoryBytes } = unwrap(createModelDesk({} as Session, sized).describe(recipe));
    expect(steps.map(({ size }) => size)).toEqual([[16, 16], [32, 16]]); // prettier-ignore
    expect(steps[0]).toMatchObject({ bytes: memoryBytes, atOnce: recipe.data.batchSize, bytesAtOnce: memoryBytes });
    // Twice the pixels: twice what is kept of each picture, the same weights.
    expect(steps[1]?.bytes).toBeGreaterThan(memoryBytes);
    expect(steps[1]?.bytes).toBeLessThan(2 * memoryBytes);
  });

  it("takes weights that fit", async () => {
    const report = unwrap(await desk.importWeights(shapes, await weights(3), careful));
    expect(report).toMatchObject({
      name: "mine.safetensors",
      fit: "whole",
      taken: true,
      missing: [],
      extra: [],
      misshapen: [],
    });
    expect(desk.weights()?.name).toBe("mine.safetensors");
  });

  it("keeps the head fresh on purpose only, where it was made for other classes", async () => {
    const before = desk.weights();
    const asked = unwrap(await desk.importWeights(shapes, await weights(10), careful));
    expect(asked).toMatchObject({ fit: "head", taken: false });
    expect(desk.weights()).toBe(before);
    const report = unwrap(await desk.importWeights(shapes, await weights(10), newHead));
    expect(report.taken).toBe(true);
    expect(desk.weights()).not.toBe(before);
    expect(report.misshapen.map(({ name }) => name)).toEqual(["1.8.weight", "1.8.bias"]);
    expect(report.misshapen[0]).toMatchObject({ expected: [3, 32], found: [10, 32] });
  });

  it("takes torchvision's names for the body alone", async () => {
    const file = await weights(3, (state) => {
      for (const [name, tensor] of [...state]) {
        state.delete(name);
        if (name.startsWith("0.0.")) state.set(name.replace("0.0.", "conv1."), tensor);
        else if (name.startsWith("0.1.")) state.set(name.replace("0.1.", "bn1."), tensor);
        else if (name.startsWith("0."))
          state.set(
            name.replace(/^0\.(\d)/, (_, n) => `layer${Number(n) - 3}`),
            tensor,
          );
      }
    });
    const report = unwrap(await desk.importWeights(shapes, file, newHead));
    expect(report.missing.every((name) => name.startsWith("1."))).toBe(true);
    expect(report).toMatchObject({ extra: [], misshapen: [] });
  });

  it("takes a part of the body only where that is agreed to, and names what fits better", async () => {
    const file = await weights(3, (state) => void state.delete("0.4.0.conv1.weight"));
    const before = desk.weights();
    const asked = unwrap(await desk.importWeights(shapes, file, newHead));
    expect(asked).toMatchObject({ fit: "partial", taken: false, missing: ["0.4.0.conv1.weight"] });
    expect(desk.weights()).toBe(before);
    const agreed = unwrap(await desk.importWeights(shapes, file, { fit: "partial", values: "finite" }));
    expect(agreed.taken).toBe(true);
  });

  it("names the architecture that a file was made for", async () => {
    const shape = [64, 64, 3, 3];
    const names = ["0.conv1", "0.conv2", "1.conv1", "1.conv2"].map((name) => `layer1.${name}.weight`);
    const tensors = names.map((name): [string, HostTensor] => [name, { shape, data: new Float32Array(64 * 64 * 9) }]);
    const file = new File([writeSafetensors(new Map(tensors))], "some.safetensors");
    const report = unwrap(await desk.importWeights(shapes, file, careful));
    expect(report).toMatchObject({ fit: "none", taken: false, better: { arch: "resnet18", matched: 4 } });
  });

  it("refuses a file without tensors", async () => {
    const answer = await desk.importWeights(shapes, await weights(3, (state) => state.clear()), careful);
    expect(answer).toMatchObject({ ok: false, error: { code: "ST_NO_TENSORS", items: ["mine.safetensors"] } });
  });

  it("refuses what is not finite, with a button that takes it all the same", async () => {
    const file = await weights(3, (state) => void (state.get("0.0.weight")!.data[0] = Number.NaN));
    const before = desk.weights();
    const answer = await desk.importWeights(shapes, file, careful);
    expect(answer).toMatchObject({ ok: false, error: { code: "WEIGHTS_NOT_FINITE", items: ["0.0.weight"] } });
    expect(desk.weights()).toBe(before);
    const force = answer.ok ? undefined : answer.error.mend.find(({ action }) => action.do === "takeWeights")?.action;
    expect(force).toEqual({ do: "takeWeights", fit: "whole", values: "any" });
    const forced = unwrap(await desk.importWeights(shapes, file, { fit: "whole", values: "any" }));
    expect(forced.taken).toBe(true);
  });

  it("names the file that is none", async () => {
    const answer = await desk.importWeights(shapes, new File(["<html>"], "page.safetensors"), careful);
    expect(answer).toMatchObject({ ok: false, error: { code: "ST_HEADER_TOO_SMALL", items: ["page.safetensors"] } });
  });
});
