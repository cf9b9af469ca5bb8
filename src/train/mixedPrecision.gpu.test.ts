// Mixed precision on the GPU: half floats with the CPU's bits, float32's losses, and a tape in half the memory.
import { tensor } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRng } from "../base/rng";
import { runOn } from "../tensor/compareBackends";
import { attachCounters } from "../tensor/counters";
import type { LossScale } from "../kernels/lossScale";
import { openDevice } from "../tensor/device";
import type { Device } from "../tensor/device";
import { fromHalf, packHalf, roundHalf, toHalf, unpackHalf } from "../tensor/half";
import { liveTensors } from "../tensor/scope";
import { writeTensor } from "../tensor/writeTensor";
import { lossesOf, mixedLearner } from "../testing/mixedLearner";
import type { Callback } from "./callback";
import { mixedPrecision } from "./callbacks/mixedPrecision";

const problems: string[] = [];
let device: Device;
beforeAll(async () => {
  device = await openDevice({ onProblem: ({ title, debug }) => void problems.push(`${title} ${debug ?? ""}`) });
});
afterAll(() => device.close());

/** Normal, tiny, huge and odd numbers. */
function mixed(size: number): Float32Array {
  const rng = createRng("half");
  const special = [0, -0, 65504, 65519.99, 65520, -1e30, 2 ** -24, 2 ** -25, 3 * 2 ** -25, 2 ** -14, -(2 ** -15), 1 + 2 ** -11, 1 + 3 * 2 ** -11, 6.1e-5]; // prettier-ignore
  return Float32Array.from({ length: size }, (_, i) => special[i] ?? rng.normal() * 10 ** ((i % 13) - 8));
}

describe("half floats", () => {
  test("round as IEEE says: ties to even, subnormals kept, beyond 65,520 infinite", () => {
    const rounded = (value: number) => fromHalf(toHalf(value));
    expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65519, 65520, -1e9].map(rounded)).toEqual([1, 1 + 2 ** -9, 65504, Infinity, -Infinity]); // prettier-ignore
    expect([2 ** -24, 2 ** -25, 3 * 2 ** -25, 2 ** -26].map(rounded)).toEqual([2 ** -24, 0, 2 ** -23, 0]);
    expect(rounded(Number.NaN)).toBeNaN();
    for (let half = 0; half < 0x7c00; half += 1) expect(toHalf(fromHalf(half))).toBe(half);
  });

  test.each([2048, 3001])("are the same bits on both backends, %i of them, packed and unpacked", async (size) => {
    const compute = (): Record<string, Tensor> => {
      const [x, y] = [tensor(mixed(size)), tensor(mixed(size))];
      const packed = packHalf(x);
      roundHalf(y);
      return { y, packed, back: unpackHalf(packed, [size]) };
    };
    const [cpu, gpu] = [await runOn("cpu", compute), await runOn("webgpu", compute)];
    for (const name of ["y", "packed", "back"]) expect(gpu[name], name).toEqual(cpu[name]);
    expect(cpu["back"]).toEqual(cpu["y"]);
    expect(problems).toEqual([]);
  });
});

describe("training in mixed precision", () => {
  test("follows float32's losses, and what is known of the scale is what it is", async () => {
    const [full, half] = [mixedLearner({ precision: "f32" }), mixedLearner({ precision: "f16" })];
    // Small enough that no step is left out: otherwise the two would be a step apart.
    writeTensor((half.scaling as LossScale).scale, new Float32Array([256]));
    const follow = mixedPrecision({ onFallback: () => undefined, every: 1 });
    const [a, b] = [await lossesOf(full, 2, [], 0.001), await lossesOf(half, 2, [follow], 0.001)];
    expect(a).toHaveLength(12);
    expect(await half.scaling?.skipped()).toBe(0);
    // Eleven bits an activation, and Adam's first steps are as long as the rate however small the gradient.
    a.forEach((loss, i) => expect(Math.abs((b[i] ?? NaN) - loss), `step ${i}`).toBeLessThan(0.01 * (a[0] ?? 0)));
    expect(b).not.toEqual(a);
    expect(half.lossScale).toBe(256);
    for (const learn of [full, half]) learn.dispose();
    expect(problems).toEqual([]);
  });

  test("keeps half the bytes for the way back, with a lower peak, and leaks nothing", async () => {
    const peaks: Record<string, number> = {};
    for (const precision of ["f32", "f16"] as const) {
      device.close();
      device = await openDevice({ onProblem: ({ title }) => void problems.push(title) });
      const counters = attachCounters(device.gpu as GPUDevice);
      // 16 pictures of 32 × 32 with 8 channels are half a megabyte an activation, and there are 24.
      const learn = mixedLearner({ precision, depth: 12, size: 32, batchSize: 16, steps: 3 });
      let bytes: { kept: number; float32: number } | null = null;
      const counts: number[] = [];
      const look: Callback = { name: "look", afterBatch({ halfBytes, training }) { if (training) { bytes = halfBytes && { ...halfBytes }; counts.push(liveTensors()); } } }; // prettier-ignore
      await lossesOf(learn, 1, [look]);
      peaks[precision] = counters.read().peakBytes;
      if (precision === "f16") expect(bytes).toMatchObject({ kept: ((bytes as { float32: number } | null)?.float32 ?? 0) / 2 }); // prettier-ignore
      expect(counts.at(-1)).toBe(counts.at(-3));
      learn.dispose();
      counters.detach();
    }
    expect(peaks["f16"]).toBeLessThan(0.8 * (peaks["f32"] ?? 0));
    expect(problems).toEqual([]);
  });
});
