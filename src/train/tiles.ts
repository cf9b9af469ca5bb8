// A picture that is larger than what the network is trained on goes through it in overlapping tiles, blended without seams.
import { fill, slice } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Tiling } from "../data/batch";
import { addTile } from "../kernels/addTile";
import type { Module } from "../nn/module";
import { keep, scope } from "../tensor/scope";
import { tensorOf } from "../tensor/writeTensor";

/** Networks shrink pictures by up to this: tiles that begin at its multiples fall on the same grid as the whole picture. */
const GRID = 32;

/** Share of the overlap, at each edge of a tile, that counts nothing: there the network does not see far enough. */
const RIM = 0.25;

/** Where tiles begin along one side: at least `overlap` of each is the next one's too, and the last ends at the end. */
export function tileStarts(length: number, tile: number, overlap: number): number[] {
  if (length <= tile) return [0];
  const most = Math.max(1, tile - overlap);
  const step = most >= GRID ? Math.floor(most / GRID) * GRID : most;
  const starts: number[] = [];
  for (let at = 0; at < length - tile; at += step) starts.push(at);
  return [...starts, length - tile];
}

/**
 * How much each row (or column) of each tile counts: falling to its edges, but not at those of the picture; the weights
 * of all tiles at one place are 1 together.
 */
export function tileWeights(starts: readonly number[], length: number, tile: number, overlap: number): Float32Array[] {
  const size = Math.min(tile, length);
  const rim = RIM * overlap;
  const fade = (distance: number): number =>
    Math.min(1, Math.max(0, (distance - rim) / Math.max(1, overlap - 2 * rim)));
  const raw = starts.map((start) =>
    Float64Array.from({ length: size }, (_, i) => {
      const before = start === 0 ? 1 : fade(i + 0.5);
      const after = start + size === length ? 1 : fade(size - i - 0.5);
      return before * after;
    }),
  );
  const total = new Float64Array(length);
  raw.forEach((weights, k) => weights.forEach((weight, i) => (total[(starts[k] as number) + i]! += weight)));
  return raw.map((weights, k) => Float32Array.from(weights, (weight, i) => weight / (total[(starts[k] as number) + i] as number))); // prettier-ignore
}

/** [B, H, W, C] → outputs [B, H, W, classes], blended before the activation. */
export function forwardInTiles(model: Module, x: Tensor, { size, overlap }: Tiling): Tensor {
  const [batch = 1, height = 1, width = 1, channels = 1] = x.shape;
  const [tall, wide] = [Math.min(size[0], height), Math.min(size[1], width)];
  if (tall === height && wide === width) return model.forward(x);
  const [down, across] = [Math.round(overlap * tall), Math.round(overlap * wide)];
  const [tops, lefts] = [tileStarts(height, tall, down), tileStarts(width, wide, across)];
  const vectors = (weights: readonly Float32Array[]): Tensor[] => weights.map((one) => tensorOf(one, [one.length], "float32")); // prettier-ignore
  const rows = vectors(tileWeights(tops, height, tall, down));
  const columns = vectors(tileWeights(lefts, width, wide, across));
  let whole: Tensor | null = null;
  for (const [i, top] of tops.entries())
    for (const [j, left] of lefts.entries())
      whole = scope("tile", () => {
        const outputs = model.forward(slice(x, [0, top, left, 0], [batch, tall, wide, channels]));
        const into: Tensor = whole ?? keep(fill([batch, height, width, outputs.shape.at(-1) ?? 1], 0));
        addTile(into, outputs, { rows: rows[i] as Tensor, columns: columns[j] as Tensor }, { top, left });
        return into;
      });
  for (const tensor of [...rows, ...columns]) tensor.dispose();
  return whole as unknown as Tensor;
}
