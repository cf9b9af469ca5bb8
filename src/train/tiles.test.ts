// Overlapping tiles: they cover everything, their weights are 1 together, and they answer as the whole picture would.
import { tensor4d } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { createRng } from "../base/rng";
import { decodePng } from "../formats/png/decodePng";
import { kaimingNormal } from "../nn/init";
import { Conv2d } from "../nn/layers/conv2d";
import { MaxPool2d } from "../nn/layers/maxPool2d";
import { ReLU } from "../nn/layers/relu";
import { Sequential } from "../nn/layers/sequential";
import { readback } from "../tensor/readback";
import { liveTensors } from "../tensor/scope";
import { openCpu } from "../testing/cpuDevice";
import { nodeIndex } from "../testing/nodeSource";
import { hasShared, sharedPath } from "../testing/shared";
import { forwardInTiles, tileStarts, tileWeights } from "./tiles";

beforeAll(() => openCpu());

describe("tileStarts", () => {
  it.each([
    { length: 64, tile: 64, overlap: 16, starts: [0] },
    { length: 40, tile: 64, overlap: 16, starts: [0] },
    { length: 65, tile: 64, overlap: 16, starts: [0, 1] },
    { length: 256, tile: 128, overlap: 32, starts: [0, 96, 128] },
    { length: 360, tile: 128, overlap: 32, starts: [0, 96, 192, 232] },
    { length: 20, tile: 8, overlap: 2, starts: [0, 6, 12] },
  ])("of $length by $tile", ({ length, tile, overlap, starts }) => {
    expect(tileStarts(length, tile, overlap)).toEqual(starts);
  });
});

describe("tileWeights", () => {
  it.each([
    [360, 128, 32],
    [480, 128, 64],
    [131, 128, 6],
    [50, 16, 8],
  ])("of %i by %i are 1 together, fall to the edges of a tile and not to those of the picture", (length, tile, overlap) => {
    const starts = tileStarts(length, tile, overlap);
    const weights = tileWeights(starts, length, tile, overlap);
    const total = new Float64Array(length);
    weights.forEach((own, k) => own.forEach((weight, i) => (total[(starts[k] ?? 0) + i]! += weight)));
    for (const sum of total) expect(sum).toBeCloseTo(1, 6);
    expect([weights[0]?.[0], weights.at(-1)?.at(-1)]).toEqual([1, 1]);
    // The rim of a tile counts nothing, and what follows rises step by step: no seam.
    const edge = weights[0]?.at(-1);
    expect(edge).toBe(0);
    const steps = weights.flatMap((own) => [...own].slice(1).map((weight, i) => Math.abs(weight - (own[i] ?? 0))));
    expect(Math.max(...steps)).toBeLessThanOrEqual(2 / Math.max(1, overlap / 2) + 1e-6);
  }); // prettier-ignore
});

/** Each output depends on the two pixels around it: less than a tile's rim here. */
function near(): Sequential {
  const init = kaimingNormal(createRng(5, "near"), "in");
  return new Sequential([
    new Conv2d({ inputs: 3, outputs: 4, kernel: 3, padding: 1, bias: true }, init),
    new ReLU(),
    new Conv2d({ inputs: 4, outputs: 5, kernel: 3, padding: 1, bias: true }, init),
  ]).eval();
}

async function both(x: Float32Array, [height, width]: readonly [number, number], tile: readonly [number, number]) {
  const model = near();
  const picture = tensor4d(x, [1, height, width, 3]);
  const before = liveTensors();
  const tiled = forwardInTiles(model, picture, { size: tile, overlap: 0.25 });
  expect(liveTensors()).toBe(before + 1);
  const whole = model.forward(picture);
  expect(tiled.shape).toEqual(whole.shape);
  return [await readback(tiled), await readback(whole)] as const;
}

describe("forwardInTiles", () => {
  it("answers as the whole picture does where the network does not see beyond a tile's rim", async () => {
    const rng = createRng("tiles");
    const [tiled, whole] = await both(Float32Array.from({ length: 70 * 90 * 3 }, () => rng.normal()), [70, 90], [32, 40]); // prettier-ignore
    tiled.forEach((value, i) => expect(Math.abs(value - (whole[i] ?? NaN))).toBeLessThan(1e-5));
  });

  it.skipIf(!hasShared)("does so on a street of CamVid", async () => {
    const index = await nodeIndex(sharedPath("data/camvid"));
    const file = await index.read(index.paths.indexOf("images/0016E5_05340.png"));
    if (!file.ok) throw new Error("no picture");
    const { width, height, samples } = decodePng(new Uint8Array(await file.value.arrayBuffer()));
    const x = Float32Array.from(samples, (value) => value / 255);
    const [tiled, whole] = await both(x, [height, width], [128, 160]);
    expect(whole.length).toBe(360 * 480 * 5);
    let worst = 0;
    tiled.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - (whole[i] ?? NaN)))));
    expect(worst).toBeLessThan(1e-5);
  });

  it("leaves a picture that fits into one tile whole", () => {
    const model = new Sequential([new MaxPool2d({ kernel: 2, stride: 2, padding: 0 })]);
    const x = tensor4d(new Float32Array(8 * 8), [1, 8, 8, 1]);
    expect(forwardInTiles(model, x, { size: [8, 16], overlap: 0.25 }).shape).toEqual([1, 4, 4, 1]);
  });
});
