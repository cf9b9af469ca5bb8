// Fresh numbers are spread as torchvision spreads them, each architecture in its own way.
import { beforeAll, expect, test } from "vitest";
import { createRng } from "../../base/rng";
import { openCpu } from "../../testing/cpuDevice";
import { kaimingNormal } from "../init";
import { stateDict } from "../stateDict";
import { FEATURE_NETS } from "./featureNets";

beforeAll(() => openCpu());

const fresh = async (id: string) => {
  const architecture = FEATURE_NETS.find((one) => one.id === id);
  if (!architecture) throw new Error(id);
  const body = architecture.make({}, 3, kaimingNormal(createRng(3), "out"));
  const state = await stateDict(body.module);
  body.module.dispose();
  return [...state].map(([name, { shape, data }]) => {
    const values = Float64Array.from(data, Number);
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return { name, shape, std: Math.sqrt(square), largest, size: values.length };
  });
};

/** [out, in, height, width] */
const fanIn = (shape: readonly number[]): number => shape.slice(1).reduce((a, b) => a * b, 1);
const isConv = ({ shape, size }: { shape: readonly number[]; size: number }) => shape.length === 4 && size > 1500;

// A sample of n normal numbers has a deviation within a few 1 / √(2n) of the true one: 5 % from 1,500 on.
const near = (actual: number, expected: number) => expect(Math.abs(actual / expected - 1)).toBeLessThan(0.08);

test("AlexNet's weights and biases lie within 1 / √fan in, PyTorch's default", async () => {
  const all = await fresh("alexnet");
  for (const weight of all.filter(isConv)) {
    const bound = 1 / Math.sqrt(fanIn(weight.shape));
    const bias = all.find(({ name }) => name === weight.name.replace(/weight$/, "bias"));
    near(weight.std, bound / Math.sqrt(3));
    expect(weight.largest).toBeLessThanOrEqual(bound * (1 + 1e-6));
    expect(bias?.largest).toBeLessThanOrEqual(bound * (1 + 1e-6));
    expect(bias?.largest).toBeGreaterThan(bound / 2);
  }
});

test("SqueezeNet's weights are even within √(6 / fan in), biases 0", async () => {
  for (const { name, shape, size, std, largest } of await fresh("squeezenet1_1")) {
    if (name.endsWith("bias")) expect(largest).toBe(0);
    if (!isConv({ shape, size })) continue;
    near(std, Math.sqrt(2 / fanIn(shape)));
    expect(largest).toBeLessThanOrEqual(Math.sqrt(6 / fanIn(shape)) * (1 + 1e-6));
  }
});

test("DenseNet's weights are normal by fan in, MobileNet's by fan out", async () => {
  for (const one of (await fresh("densenet121")).filter(isConv)) near(one.std, Math.sqrt(2 / fanIn(one.shape)));
  for (const one of (await fresh("mobilenet_v2")).filter(isConv)) {
    const [outputs = 0, , height = 0, width = 0] = one.shape;
    near(one.std, Math.sqrt(2 / (outputs * height * width)));
  }
});
