// Convolutions of ResNet-18 and of the small ResNet, ours beside tfjs's own: forward, data gradient, weight gradient.
import { Conv2D, Conv2DBackpropFilter, Conv2DBackpropInput, engine, tidy } from "@tensorflow/tfjs-core";
import type { NamedTensorMap } from "@tensorflow/tfjs-core";
import { useOwnConvolutions, useStockConvolutions } from "../src/kernels/convolution";
import { randomNormal } from "../src/tensor/random";
import { printTable, timeInTurns } from "./bench";
import type { Bench } from "./bench";

interface Layer {
  readonly size: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: number;
  readonly stride: number;
  /** How often the network has it. */
  readonly times: number;
  /** The first layer needs no gradient of its pictures. */
  readonly first?: boolean;
}

interface Network {
  readonly name: string;
  readonly batch: number;
  readonly layers: readonly Layer[];
}

/** The four stages of basic blocks after a stem that left `size` pixels and `width` channels. */
function stages(size: number, width: number, blocks: number): Layer[] {
  return [0, 1, 2, 3].flatMap((stage): Layer[] => {
    const outputs = width * 2 ** stage;
    const after = size / 2 ** stage;
    const plain = { size: after, inputs: outputs, outputs, kernel: 3, stride: 1 };
    if (stage === 0) return [{ ...plain, times: 2 * blocks }];
    const down = { size: after * 2, inputs: outputs / 2, outputs, stride: 2, times: 1 };
    return [{ ...down, kernel: 3 }, { ...down, kernel: 1 }, { ...plain, times: 2 * blocks - 1 }]; // prettier-ignore
  });
}

const networks: readonly Network[] = [
  {
    name: "ResNet-18, 64 px, batch 8",
    batch: 8,
    layers: [{ size: 64, inputs: 3, outputs: 64, kernel: 7, stride: 2, times: 1, first: true }, ...stages(16, 64, 2)],
  },
  {
    name: "ResNet mini of width 8, 32 px, batch 16",
    batch: 16,
    layers: [{ size: 32, inputs: 3, outputs: 8, kernel: 3, stride: 2, times: 1, first: true }, ...stages(16, 8, 1)],
  },
];

/** Work of one measurement: small layers are repeated, or the wait for the GPU would be all there is to see. */
const macsPerMeasurement = 60e6;

function passesOf({ size, inputs, outputs, kernel, stride, first }: Layer, batch: number) {
  const after = size / stride;
  const x = randomNormal([batch, size, size, inputs], { seed: 1 });
  const filter = randomNormal([kernel, kernel, inputs, outputs], { seed: 2 });
  const dy = randomNormal([batch, after, after, outputs], { seed: 3 });
  const attrs = {
    strides: stride,
    pad: Math.floor(kernel / 2),
    dataFormat: "NHWC",
    dilations: 1,
    inputShape: x.shape,
    filterShape: filter.shape,
  };
  const macs = batch * after ** 2 * kernel ** 2 * inputs * outputs;
  const repeats = Math.max(1, Math.round(macsPerMeasurement / macs));
  const pass = (name: string, kernelName: string, tensors: NamedTensorMap) => ({
    name,
    once: () => engine().runKernel(kernelName, tensors, attrs),
    repeated() {
      for (let i = 0; i < repeats; i += 1) tidy(() => void engine().runKernel(kernelName, tensors, attrs));
    },
  });
  const forward = pass("forward", Conv2D, { x, filter });
  const input = pass("dX", Conv2DBackpropInput, { dy, filter });
  const weights = pass("dW", Conv2DBackpropFilter, { x, dy });
  return {
    macs,
    repeats,
    passes: first ? [forward, weights] : [forward, input, weights],
    dispose: () => [x, filter, dy].forEach((tensor) => tensor.dispose()),
  };
}

async function benchNetwork(bench: Bench, { name, batch, layers }: Network): Promise<void> {
  const { counters, options } = bench;
  const measured = options.ratios || options.times;
  const rows: (string | number)[][] = [];
  const totals = { ours: 0, stock: 0 };
  for (const layer of layers) {
    const { macs, passes, dispose, repeats } = passesOf(layer, batch);
    const label = `${layer.size}² ${layer.inputs}→${layer.outputs} ${layer.kernel}x${layer.kernel}/${layer.stride} ×${layer.times}`;
    for (const { name: pass, once, repeated } of passes) {
      useOwnConvolutions();
      counters.reset();
      tidy(() => void once());
      const row = [label, pass, (macs / 1e6).toFixed(1), counters.read().dispatches];
      if (measured) {
        const works = [repeated, repeated];
        const raw = await timeInTurns(bench, options.times ? 5 : 3, works, [useOwnConvolutions, useStockConvolutions]);
        const [ours = NaN, stock = NaN] = raw.map((time) => time / repeats);
        totals.ours += ours * layer.times;
        totals.stock += stock * layer.times;
        row.push((ours / stock).toFixed(2));
        if (options.times) row.push(ours.toFixed(2), stock.toFixed(2), ((2 * macs) / ours / 1e6).toFixed(1));
      }
      rows.push(row);
    }
    dispose();
  }
  if (measured) {
    const row = ["all layers", "", "", "", (totals.ours / totals.stock).toFixed(2)];
    if (options.times) row.push(totals.ours.toFixed(1), totals.stock.toFixed(1), "");
    rows.push(row);
  }
  const head = ["layer", "pass", "MMAC", "dispatches"];
  if (measured) head.push("ours/stock");
  if (options.times) head.push("ours ms", "stock ms", "GFLOP/s");
  printTable(name, head, rows);
  useOwnConvolutions();
}

/** Every layer of the networks, in every pass. */
export async function convBench(bench: Bench): Promise<void> {
  for (const network of networks) await benchNetwork(bench, network);
}
