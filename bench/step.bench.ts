// A whole training step of real networks: what it asks of the device, how long it takes, and where the time goes.
import { engine } from "@tensorflow/tfjs-core";
import { useOwnConvolutions, useStockConvolutions } from "../src/kernels/convolution";
import { useOwnMatMul, useStockMatMul } from "../src/kernels/matMul";
import { crossEntropyFlat } from "../src/nn/losses/crossEntropyFlat";
import { buildModel } from "../src/nn/models/buildModel";
import { adamw } from "../src/optim/adamw";
import { valueAndGradients } from "../src/tensor/gradients";
import { randomNormal } from "../src/tensor/random";
import { tensorOf } from "../src/tensor/writeTensor";
import { trainableParameters } from "../src/train/trainable";
import { printTable, timeInTurns, timeOnce } from "./bench";
import type { Bench } from "./bench";
import { profile } from "./profile";

interface StepCase {
  readonly arch: string;
  readonly options: Readonly<Record<string, number>>;
  readonly size: number;
  readonly batch: number;
}

const cases: readonly StepCase[] = [
  { arch: "resnetMini", options: { width: 8 }, size: 32, batch: 16 },
  { arch: "resnet18", options: {}, size: 64, batch: 8 },
];

export function makeStep({ arch, options, size, batch }: StepCase) {
  const spec = { arch, options, weights: { kind: "none" }, head: { lin: [512], dropout: 0.5 } };
  const built = buildModel(spec as unknown as Parameters<typeof buildModel>[0], {
    classes: 10,
    channels: 3,
    init: { seed: 1 },
  });
  if (!built.ok) throw new Error(built.error.title);
  const model = built.value;
  model.train();
  const optimizer = adamw()(trainableParameters(model));
  const tensors = optimizer.parameters.map(({ parameter }) => parameter.tensor);
  const x = randomNormal([batch, size, size, 3], { seed: 3 });
  const y = tensorOf(
    Int32Array.from({ length: batch }, (_, i) => i % 10),
    [batch],
    "int32",
  );
  const weight = tensorOf(new Float32Array(batch).fill(1), [batch], "float32");
  const one = tensorOf(new Float32Array([1]), [], "float32");
  const loss = crossEntropyFlat();
  return () =>
    engine().tidy(() => {
      const forward = () => loss.compute(model.forward(x), { y, weight }).mean;
      const { grads } = valueAndGradients(forward, tensors, one);
      optimizer.step(grads, { lrs: Array.from({ length: 3 }, () => 1e-4), momentum: 0.9 });
    });
}

const useOwn = () => [useOwnConvolutions(), useOwnMatMul()];
const useStock = () => [useStockConvolutions(), useStockMatMul()];

async function benchCase(bench: Bench, one: StepCase): Promise<void> {
  const { counters, options, gpu } = bench;
  const name = `${one.arch} ${JSON.stringify(one.options)}, ${one.size} px, batch ${one.batch}`;
  useOwn();
  const step = makeStep(one);
  const first = await timeOnce(bench, step);
  await timeOnce(bench, step);
  counters.reset();
  const recording = performance.now();
  step();
  const js = performance.now() - recording;
  const counts = counters.read();
  const rows: (string | number)[][] = Object.entries(counts);
  if (options.times) rows.push(["first step, ms", first.toFixed(0)], ["JavaScript, ms", js.toFixed(1)]);
  if (options.ratios || options.times) {
    const [ours = NaN, stock = NaN] = await timeInTurns(bench, 3, [step, step], [useOwn, useStock]);
    rows.push(["ours / stock convolutions", (ours / stock).toFixed(2)]);
    if (options.times) rows.push(["step, ms", ours.toFixed(1)], ["with stock convolutions, ms", stock.toFixed(1)]);
    useOwn();
  }
  printTable(`Step of ${name}`, ["", "per step"], rows);
  if (!options.profile || !gpu.features.has("timestamp-query")) return;
  const times = await profile(gpu, async () => void (await timeOnce(bench, step)));
  const sum = times.reduce((total, { ms }) => total + ms, 0);
  const shares = times.map(({ name: kernel, count, ms }) => [
    kernel,
    count,
    `${((100 * ms) / sum).toFixed(1)} %`,
    ms.toFixed(2),
  ]);
  printTable(`Where the time goes, ${sum.toFixed(1)} ms in all`, ["kernel", "dispatches", "share", "ms"], shares);
}

/** Steps of the small network of the tests and of ResNet-18. */
export async function stepBench(bench: Bench): Promise<void> {
  for (const one of cases) await benchCase(bench, one);
}
