// A whole training step of real networks: what it asks of the device, how long it takes, and where the time goes.
import { useOwnConvolutions, useStockConvolutions } from "../src/kernels/convolution";
import { useOwnMatMul, useStockMatMul } from "../src/kernels/matMul";
import { printTable, timeInTurns, timeOnce } from "./bench";
import type { Bench } from "./bench";
import { makeStep } from "./makeStep";
import type { StepCase } from "./makeStep";
import { profile } from "./profile";

const cases: readonly StepCase[] = [
  { arch: "resnetMini", options: { width: 8 }, size: 32, batch: 16 },
  { arch: "resnet18", options: {}, size: 64, batch: 8 },
];

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
