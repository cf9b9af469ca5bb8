// The page of the benchmarks: opens the device and runs those that were asked for.
import { openDevice } from "../src/tensor/device";
import { createBench } from "./bench";
import type { Bench, BenchOptions } from "./bench";
import { budgetBench } from "./budget.bench";
import { convBench } from "./conv.bench";
import { stepBench } from "./step.bench";

const benches: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  conv: convBench,
  step: stepBench,
  budget: budgetBench,
};

async function runBenches(options: BenchOptions): Promise<void> {
  const device = await openDevice({ onProblem: ({ title, debug }) => console.log(title, debug ?? "") });
  if (!device.gpu) throw new Error("The benchmarks need WebGPU.");
  const { adapter } = device.opened;
  console.log(`${adapter.vendor} ${adapter.architecture}${adapter.software ? " (software)" : ""}`);
  const times = options.times || !adapter.software;
  const bench = createBench(device.gpu, { ...options, times, ratios: options.ratios || times });
  for (const [name, run] of Object.entries(benches)) {
    if (options.names.length === 0 || options.names.includes(name)) await run(bench);
  }
  device.close();
}

Object.assign(globalThis, { runBenches });
