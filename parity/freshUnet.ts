// The numbers of a U-Net that its reference left as fastai initialised them, made again from PyTorch's seed 0.
//
// The reference fills every tensor by its formula except those called weight_u and weight_v, which it means for spectral
// norm; but the directions of weight norm are called weight_v too. So they are what `torch.manual_seed(0)` gives when
// fastai makes the network: all its draws are gone through here in its order, and those that stay are kept.
import type { HostTensor } from "../src/nn/stateDict";
import { TorchRandom } from "./torchRandom";

type Shapes = ReadonlyMap<string, readonly number[]>;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
const encoder = "layers.0.";

/** A fresh torchvision ResNet with its classifier of 1,000 classes: uniform first, then He's normal numbers. */
function skipEncoder(random: TorchRandom, shapes: Shapes, features: number): void {
  const weights = [...shapes].filter(([name, shape]) => name.startsWith(encoder) && shape.length === 4);
  for (const [, shape] of weights) random.skip(sizeOf(shape));
  random.skip(features * 1000 + 1000);
  for (const [, shape] of weights) random.skipNormal(sizeOf(shape));
}

function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

/** Layers of fastai's PixelShuffle_ICNR, whose weight is drawn a third time for what weight norm then ignores. */
const isShuffle = (layer: string): boolean => /^layers\.\d+\.(shuf\.)?conv\.0$/.test(layer);

/** Draws for a fresh layer; what stays of them, by name. */
function drawLayer(random: TorchRandom, shapes: Shapes, layer: string, shape: readonly number[]) {
  const kept = new Map<string, HostTensor>();
  const size = sizeOf(shape);
  const [outputs = 0] = shape;
  random.skip(size + (shapes.get(`${layer}.bias`) ? outputs : 0));
  const weight = random.normal(size, Math.sqrt((2 * outputs) / size));
  const direction = shapes.get(`${layer}.weight_v`);
  if (shapes.has(`${layer}.weight_g`)) kept.set(`${layer}.weight_v`, { shape, data: weight });
  else if (direction) {
    kept.set(`${layer}.weight_u`, { shape: [outputs], data: unit(random.normal(outputs, 1)) });
    kept.set(`${layer}.weight_v`, { shape: direction, data: unit(random.normal(size / outputs, 1)) });
  }
  if (isShuffle(layer)) random.skipNormal(size / 4);
  return kept;
}

/** The last enlargement is tried out on a layer that is thrown away. */
function skipTrial(random: TorchRandom, channels: number): void {
  random.skip(4 * channels * channels + 4 * channels);
  random.skipNormal(4 * channels * channels);
  random.skipNormal(channels * channels);
}

/** weight_u and weight_v of a fresh DynamicUnet over a ResNet for pictures of `size`. */
export function freshVectors(shapes: Shapes, size: readonly number[]): Map<string, HostTensor> {
  const random = new TorchRandom(0);
  const channels = shapes.get(`${encoder}0.weight`)?.[1] ?? 0;
  skipEncoder(random, shapes, shapes.get("layers.1.weight")?.[0] ?? 0);
  // fastai looks at the sizes with one random picture, then at the features with another.
  random.skip(2 * channels * sizeOf(size));
  const kept = new Map<string, HostTensor>();
  for (const [name, shape] of shapes) {
    const layer = /^(.*)\.weight(_orig|_v)?$/.exec(name)?.[1] ?? "";
    const isWeight = shape.length > 2 && !name.startsWith(encoder);
    if (!isWeight || (name.endsWith("weight_v") && shapes.has(`${layer}.weight_orig`)) || layer === "") continue;
    for (const [key, value] of drawLayer(random, shapes, layer, shape)) kept.set(key, value);
    if (/^layers\.\d+\.conv\.0$/.test(layer)) skipTrial(random, shape[1] as number);
  }
  return kept;
}
