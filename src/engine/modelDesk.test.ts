// Weights in and out: what fits is taken, a head of another size stays fresh, everything else is refused by name.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unwrap } from "../base/result";
import { writeSafetensors } from "../formats/safetensors/writeSafetensors";
import { buildModel } from "../nn/models/buildModel";
import { stateDict, type HostTensor } from "../nn/stateDict";
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

  it("takes weights that fit", async () => {
    const report = unwrap(await desk.importWeights(shapes, await weights(3)));
    expect(report).toMatchObject({ name: "mine.safetensors", missing: [], extra: [], misshapen: [] });
    expect(desk.weights()?.name).toBe("mine.safetensors");
  });

  it("keeps the head fresh, and says so, where it was made for other classes", async () => {
    const report = unwrap(await desk.importWeights(shapes, await weights(10)));
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
    const report = unwrap(await desk.importWeights(shapes, file));
    expect(report.missing.every((name) => name.startsWith("1."))).toBe(true);
    expect(report).toMatchObject({ extra: [], misshapen: [] });
  });

  it.each([
    ["WEIGHTS_FIT", (state: Map<string, HostTensor>) => void state.delete("0.4.0.conv1.weight")],
    ["WEIGHTS_FIT", (state: Map<string, HostTensor>) => state.clear()],
    ["WEIGHTS_NOT_FINITE", (state: Map<string, HostTensor>) => void (state.get("0.0.weight")!.data[0] = Number.NaN)],
  ])("refuses with %s and changes nothing", async (code, change) => {
    const before = desk.weights();
    expect(await desk.importWeights(shapes, await weights(3, change))).toMatchObject({ ok: false, error: { code } });
    expect(desk.weights()).toBe(before);
  });

  it("names the file that is none", async () => {
    const answer = await desk.importWeights(shapes, new File(["<html>"], "page.safetensors"));
    expect(answer).toMatchObject({ ok: false, error: { code: "ST_HEADER_TOO_SMALL", items: ["page.safetensors"] } });
  });
});
