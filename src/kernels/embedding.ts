// Rows of a table by their number, with whole rows dropped (Gal and Ghahramani 2016); the gradient adds in a fixed order.
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { HostArray } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";
import { randomUnit, randomWgsl } from "../tensor/random";

export interface EmbeddingOptions {
  /** Row whose gradient is zero (PyTorch's padding_idx); −1: none. */
  readonly padding?: number;
  /** Probability that a row of the table is zero in this pass; the others are divided by 1 − p. */
  readonly p?: number;
  readonly seed?: number;
  readonly stream?: number;
}

interface Attrs {
  readonly padding: number;
  readonly p: number;
  readonly seed: number;
  readonly stream: number;
}

const rowScale = `${randomWgsl}
fn row_scale(row : u32) -> f32 {
  return select(0.0, 1.0 / (1.0 - u.p), random_unit(row, u.stream, u.seed) >= u.p);
}`;

const lookUp = defineProgram({
  name: "Embedding",
  storage: { table: "read f32", ids: "read i32", y: "write f32" },
  uniforms: { n: "u32", rows: "u32", width: "u32", seed: "u32", stream: "u32", p: "f32" },
  code: `${rowScale}
${forEachElement(`  let id = ids[i / u.width];
  y[i] = 0.0;
  if (id < 0 || u32(id) >= u.rows) { return; }
  y[i] = table[u32(id) * u.width + i % u.width] * row_scale(u32(id));`)}`,
});

// A stable sort by counting: each position finds its own place, so that the order is the same in every run.
const sortPositions = defineProgram({
  name: "EmbeddingSort",
  storage: { ids: "read i32", order: "write i32", sorted: "write i32" },
  uniforms: { n: "u32" },
  code: forEachElement(`  let id = ids[i];
  var place = 0u;
  for (var k = 0u; k < i; k++) { place += select(0u, 1u, ids[k] <= id); }
  for (var k = i + 1u; k < u.n; k++) { place += select(0u, 1u, ids[k] < id); }
  order[place] = i32(i);
  sorted[place] = id;`),
});

const findStarts = defineProgram({
  name: "EmbeddingStarts",
  storage: { sorted: "read i32", starts: "write i32" },
  uniforms: { n: "u32", positions: "u32" },
  code: forEachElement(`  var low = 0u;
  var high = u.positions;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (sorted[middle] < i32(i)) { low = middle + 1u; } else { high = middle; }
  }
  starts[i] = i32(low);`),
});

const addRows = defineProgram({
  name: "EmbeddingGradient",
  storage: { dy: "read f32", order: "read i32", starts: "read i32", dTable: "write f32" },
  uniforms: { n: "u32", width: "u32", padding: "i32", seed: "u32", stream: "u32", p: "f32" },
  code: `${rowScale}
${forEachElement(`  let row = i / u.width;
  var sum = 0.0;
  if (i32(row) != u.padding) {
    for (var k = starts[row]; k < starts[row + 1u]; k++) { sum += dy[u32(order[k]) * u.width + i % u.width]; }
    sum *= row_scale(row);
  }
  dTable[i] = sum;`)}`,
});

function scaleOf(row: number, { p, seed, stream }: Attrs): number {
  if (p === 0) return 1;
  return randomUnit(row, stream, seed) >= Math.fround(p) ? 1 / (1 - p) : 0;
}

function gradientReference(dy: HostArray, ids: HostArray, rows: number, attrs: Attrs): HostArray {
  const width = dy.shape.at(-1) ?? 1;
  const data = new Float32Array(rows * width);
  ids.data.forEach((id, position) => {
    if (id < 0 || id >= rows || id === attrs.padding) return;
    for (let e = 0; e < width; e += 1) (data[id * width + e] as number) += dy.data[position * width + e] as number;
  });
  for (let row = 0; row < rows; row += 1) {
    const scale = scaleOf(row, attrs);
    if (scale !== 1) for (let e = 0; e < width; e += 1) (data[row * width + e] as number) *= scale;
  }
  return { data, shape: [rows, width] };
}

const gradientKernel = defineKernel<"dy" | "ids", Attrs & { readonly rows: number }>({
  name: "GlassEmbeddingGradient",
  reference: ({ dy, ids }, { rows, ...attrs }) => [gradientReference(dy, ids, rows, attrs)],
  gpu({ dy, ids }, { rows, padding, p, seed, stream }, gpu) {
    const width = dy.shape.at(-1) ?? 1;
    const dTable = gpu.make([rows, width]);
    const positions = sizeOf(ids);
    const [order, sorted] = [gpu.temporary([positions], "int32"), gpu.temporary([positions], "int32")];
    const starts = gpu.temporary([rows + 1], "int32");
    gpu.run(sortPositions, {
      tensors: { ids, order, sorted },
      uniforms: { n: positions },
      groups: flatGroups(positions),
    });
    gpu.run(findStarts, {
      tensors: { sorted, starts },
      uniforms: { n: rows + 1, positions },
      groups: flatGroups(rows + 1),
    });
    const n = rows * width;
    gpu.run(addRows, {
      tensors: { dy, order, starts, dTable },
      uniforms: { n, width, padding, seed, stream, p },
      groups: flatGroups(n),
    });
    return [dTable];
  },
});

const embeddingKernel = defineKernel<"table" | "ids", Attrs & { readonly rows: number }>({
  name: "GlassEmbedding",
  reference({ table, ids }, attrs) {
    const [rows = 0, width = 0] = table.shape;
    const data = new Float32Array(ids.data.length * width);
    ids.data.forEach((id, position) => {
      if (id < 0 || id >= rows) return;
      const scale = scaleOf(id, attrs);
      for (let e = 0; e < width; e += 1) {
        data[position * width + e] = (table.data[id * width + e] as number) * scale;
      }
    });
    return [{ data, shape: [...ids.shape, width] }];
  },
  gpu({ table, ids }, { p, seed, stream }, gpu) {
    const [rows = 0, width = 0] = table.shape;
    const y = gpu.make([...ids.shape, width]);
    const n = sizeOf(y);
    gpu.run(lookUp, {
      tensors: { table, ids, y },
      uniforms: { n, rows, width, seed, stream, p },
      groups: flatGroups(n),
    });
    return [y];
  },
  gradient: {
    saveInputs: ["ids"],
    saveOutputs: [],
    of: ([dy], [ids], attrs) => ({
      table: () => gradientKernel({ dy: dy as Tensor, ids: ids as Tensor }, attrs)[0] as Tensor,
    }),
  },
});

/** table [V, E], ids int32 of any shape → [...ids.shape, E]; an id outside 0…V−1 gives zeros. Gradient [V, E]: no atomics. */
export function embedding(table: Tensor2D, ids: Tensor, options: EmbeddingOptions = {}): Tensor {
  const { padding = -1, p = 0, seed = 0, stream = 0 } = options;
  if (ids.dtype !== "int32") throw new Error(`embedding: ids are ${ids.dtype}, not int32`);
  if (!(p >= 0 && p < 1)) throw new Error(`embedding: p is ${p}, not in [0, 1)`);
  return embeddingKernel({ table, ids }, { padding, p, seed, stream, rows: table.shape[0] })[0] as Tensor;
}
