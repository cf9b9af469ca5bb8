// The WGSL of batch normalisation: deterministic two-stage sums over the rows of [R, C], then one pass that applies.
import { defineProgram, forEachElement, variants } from "../tensor/program";
import { elementOf } from "./relu";

export type Lanes = 1 | 4;

/** Rows of the `stats` buffer, each C long. */
export const statRows = { mean: 0, inverseStd: 1, scale: 2, bias: 3 } as const;

// Sums are of x − k, so that a large mean does not eat the variance; k is the mean of four rows, and both stages
// compute it alike.
const shift = (x: string, c: string, width: string, e: string): string => `(
    ${x}[${c}] + ${x}[(u.rows / 4u) * ${width} + ${c}]
    + ${x}[(u.rows / 2u) * ${width} + ${c}] + ${x}[(u.rows - 1u) * ${width} + ${c}]) * ${e}(0.25)`;

/** One thread: one channel (or four) and every `streams`-th row; Σ(x − k) and Σ(x − k)². */
export const forwardSums = variants(({ lanes }: { lanes: Lanes }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: "BatchNormSums",
    storage: { x: `read ${e}`, partial: `write ${e}` },
    uniforms: { n: "u32", rows: "u32", width: "u32", streams: "u32" },
    code: forEachElement(`  let c = i % u.width;
  let stream = i / u.width;
  let k = ${shift("x", "c", "u.width", e)};
  var sum = ${e}(0.0);
  var squares = ${e}(0.0);
  for (var row = stream; row < u.rows; row += u.streams) {
    let d = x[row * u.width + c] - k;
    sum += d;
    squares += d * d;
  }
  partial[(stream * 2u) * u.width + c] = sum;
  partial[(stream * 2u + 1u) * u.width + c] = squares;`),
  });
});

/** Σ dy′ and Σ dy′·(x − mean), where dy′ is dy with the ReLU's mask. */
export const backwardSums = variants(({ lanes, relu }: { lanes: Lanes; relu: boolean }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: "BatchNormGradientSums",
    storage: {
      dy: `read ${e}`,
      x: `read ${e}`,
      y: `read ${e}`,
      stats: `read ${e}`,
      partial: `write ${e}`,
    },
    uniforms: { n: "u32", rows: "u32", width: "u32", streams: "u32" },
    code: forEachElement(`  let c = i % u.width;
  let stream = i / u.width;
  let mean = stats[c];
  var sum = ${e}(0.0);
  var products = ${e}(0.0);
  for (var row = stream; row < u.rows; row += u.streams) {
    let at = row * u.width + c;
    let d = ${relu ? `select(${e}(0.0), dy[at], y[at] > ${e}(0.0))` : "dy[at]"};
    sum += d;
    products += d * (x[at] - mean);
  }
  partial[(stream * 2u) * u.width + c] = sum;
  partial[(stream * 2u + 1u) * u.width + c] = products;`),
  });
});

// Second stage: a workgroup adds the streams of 16 channels, 16 streams at a time, then as a tree; `body` runs for
// each channel with its two totals.
const addStreams = (body: string): string => `
var<workgroup> first : array<f32, 256>;
var<workgroup> second : array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local : u32, @builtin(workgroup_id) group : vec3<u32>) {
  let c = group.x * 16u + local % 16u;
  var a = 0.0;
  var b = 0.0;
  if (c < u.channels) {
    for (var stream = local / 16u; stream < u.streams; stream += 16u) {
      a += partial[(stream * 2u) * u.channels + c];
      b += partial[(stream * 2u + 1u) * u.channels + c];
    }
  }
  first[local] = a;
  second[local] = b;
  workgroupBarrier();
  for (var reach = 128u; reach >= 16u; reach /= 2u) {
    if (local < reach) {
      first[local] += first[local + reach];
      second[local] += second[local + reach];
    }
    workgroupBarrier();
  }
  if (local >= 16u || c >= u.channels) { return; }
  let sum = first[local];
  let product = second[local];
${body}
}`;

/** Mean, 1/σ and the affine map of each channel; moves the running statistics (unbiased variance) in place. */
export const statistics = defineProgram({
  name: "BatchNormStatistics",
  storage: {
    x: "read f32",
    partial: "read f32",
    weight: "read f32",
    bias: "read f32",
    runningMean: "write f32",
    runningVar: "write f32",
    stats: "write f32",
  },
  uniforms: { channels: "u32", rows: "u32", streams: "u32", momentum: "f32", eps: "f32" },
  code: addStreams(`  let count = f32(u.rows);
  let k = ${shift("x", "c", "u.channels", "f32")};
  let offset = sum / count;
  let mean = k + offset;
  let variance = max(product / count - offset * offset, 0.0);
  let inverse = inverseSqrt(variance + u.eps);
  runningMean[c] += u.momentum * (mean - runningMean[c]);
  runningVar[c] += u.momentum * (variance * count / (count - 1.0) - runningVar[c]);
  stats[c] = mean;
  stats[u.channels + c] = inverse;
  stats[2u * u.channels + c] = inverse * weight[c];
  stats[3u * u.channels + c] = bias[c];`),
});

/** The same buffer from the running statistics, for evaluation. */
export const runningStatistics = defineProgram({
  name: "BatchNormRunning",
  storage: {
    weight: "read f32",
    bias: "read f32",
    runningMean: "read f32",
    runningVar: "read f32",
    stats: "write f32",
  },
  uniforms: { n: "u32", eps: "f32" },
  code: forEachElement(`  let inverse = inverseSqrt(runningVar[i] + u.eps);
  stats[i] = runningMean[i];
  stats[u.n + i] = inverse;
  stats[2u * u.n + i] = inverse * weight[i];
  stats[3u * u.n + i] = bias[i];`),
});

/** Gradients of weight and bias, and the two terms that dx subtracts (none in evaluation). */
export const gradientTotals = variants(({ training }: { training: boolean }) =>
  defineProgram({
    name: "BatchNormGradientTotals",
    storage: {
      partial: "read f32",
      stats: "read f32",
      dWeight: "write f32",
      dBias: "write f32",
      terms: "write f32",
    },
    uniforms: { channels: "u32", rows: "u32", streams: "u32" },
    code: addStreams(`  let inverse = stats[u.channels + c];
  dWeight[c] = product * inverse;
  dBias[c] = sum;
  terms[c] = ${training ? "sum / f32(u.rows)" : "0.0"};
  terms[u.channels + c] = ${training ? "product * inverse * inverse / f32(u.rows)" : "0.0"};`),
  }),
);

/** y = (x − mean)·scale + bias, + residual, ReLU. */
export const apply = variants(({ lanes, relu, residual }: { lanes: Lanes; relu: boolean; residual: boolean }) => {
  const e = elementOf(lanes);
  const sum = `(x[i] - stats[c]) * stats[2u * u.width + c] + stats[3u * u.width + c]${residual ? " + skip[i]" : ""}`;
  return defineProgram({
    name: "BatchNormApply",
    storage: { x: `read ${e}`, stats: `read ${e}`, skip: `read ${e}`, y: `write ${e}` },
    uniforms: { n: "u32", width: "u32" },
    code: forEachElement(`  let c = i % u.width;
  y[i] = ${relu ? `max(${sum}, ${e}(0.0))` : sum};`),
  });
});

/** dx = scale·(dy′ − Σdy′/R − (x − mean)·term); the residual's gradient is dy′. */
export const applyGradient = variants(
  ({ lanes, relu, residual }: { lanes: Lanes; relu: boolean; residual: boolean }) => {
    const e = elementOf(lanes);
    return defineProgram({
      name: "BatchNormGradient",
      storage: {
        dy: `read ${e}`,
        x: `read ${e}`,
        y: `read ${e}`,
        stats: `read ${e}`,
        terms: `read ${e}`,
        dx: `write ${e}`,
        dSkip: `write ${e}`,
      },
      uniforms: { n: "u32", width: "u32" },
      code: forEachElement(`  let c = i % u.width;
  let d = ${relu ? `select(${e}(0.0), dy[i], y[i] > ${e}(0.0))` : "dy[i]"};
  dx[i] = stats[2u * u.width + c] * (d - terms[c] - (x[i] - stats[c]) * terms[u.width + c]);
  ${residual ? "dSkip[i] = d;" : ""}`),
    });
  },
);
