// The WGSL of batch normalisation over [R, C]: one pass that sums, one that finishes the sums and applies them.
import { defineProgram, forEachElement, variants } from "../tensor/program";
import { elementOf } from "./relu";

export type Lanes = 1 | 4;

/** Invocations a workgroup of the first pass without barriers. */
export const aloneWorkgroup = 16;

// `width` is C in units of the element: C, or C/4 for vectors. `partial` has rows of that width: for each of `parts`
// workgroups two sums, then a few rows that the second pass needs too (a dispatch binds at most 8 buffers).
const shape = { rows: "u32", width: "u32", parts: "u32" } as const;

// Sums are of x − k, so that a large mean does not eat the variance; k is the mean of four rows, and both passes
// compute it alike.
const shift = (e: string): string => `(x[c] + x[(u.rows / 4u) * u.width + c]
    + x[(u.rows / 2u) * u.width + c] + x[(u.rows - 1u) * u.width + c]) * ${e}(0.25)`;

/**
 * A workgroup adds every `parts`-th block of rows for `tile` elements; lanes of one row lie side by side. A tile of 0:
 * every invocation adds every `parts`-th row for one element, without barriers, which emulators compile for seconds.
 */
function sumRows(tile: number, e: string, before: string, add: string, extra: string): string {
  if (tile === 0) {
    return `@compute @workgroup_size(${aloneWorkgroup})
fn main(@builtin(global_invocation_id) id : vec3<u32>) {
  let c = id.x % u.width;
  let part = id.x / u.width;
  if (part >= u.parts) { return; }
  var a = ${e}(0.0);
  var b = ${e}(0.0);
${before}
  for (var row = part; row < u.rows; row += u.parts) {
    let at = row * u.width + c;
${add}
  }
  partial[(2u * part) * u.width + c] = a;
  partial[(2u * part + 1u) * u.width + c] = b;
  if (part != 0u) { return; }
  let rest = 2u * u.parts * u.width + c;
${extra}
}`;
  }
  return `
var<workgroup> first : array<${e}, 256>;
var<workgroup> second : array<${e}, 256>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) local : u32, @builtin(workgroup_id) group : vec3<u32>) {
  let c = group.y * ${tile}u + local % ${tile}u;
  var a = ${e}(0.0);
  var b = ${e}(0.0);
  if (c < u.width) {
${before}
    for (var row = group.x * ${256 / tile}u + local / ${tile}u; row < u.rows; row += u.parts * ${256 / tile}u) {
      let at = row * u.width + c;
${add}
    }
  }
  first[local] = a;
  second[local] = b;
  workgroupBarrier();
  for (var reach = 128u; reach >= ${tile}u; reach /= 2u) {
    if (local < reach) {
      first[local] += first[local + reach];
      second[local] += second[local + reach];
    }
    workgroupBarrier();
  }
  if (local >= ${tile}u || c >= u.width) { return; }
  partial[(2u * group.x) * u.width + c] = first[local];
  partial[(2u * group.x + 1u) * u.width + c] = second[local];
  if (group.x != 0u) { return; }
  let rest = 2u * u.parts * u.width + c;
${extra}
}`;
}

/** Σ(x − k) and Σ(x − k)²; then the rows weight and bias. */
export const forwardSums = variants(({ lanes, tile }: { lanes: Lanes; tile: number }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: "BatchNormSums",
    storage: { x: `read ${e}`, weight: `read ${e}`, bias: `read ${e}`, partial: `write ${e}` },
    uniforms: shape,
    code: sumRows(
      tile,
      e,
      `    let k = ${shift(e)};`,
      `      let d = x[at] - k;
      a += d;
      b += d * d;`,
      `  partial[rest] = weight[c];
  partial[rest + u.width] = bias[c];`,
    ),
  });
});

const masked = (dy: string, relu: boolean, e: string): string =>
  relu ? `select(${e}(0.0), ${dy}, y[at] > ${e}(0.0))` : dy;

/**
 * Σ dy′ and Σ dy′·(x − mean), where dy′ is dy with the ReLU's mask; then the rows mean, 1/σ, weight/σ. With a residual
 * dy′ is also its gradient: it is written, and the second pass reads it. `two`: dy comes in two parts.
 */
export const backwardSums = variants(
  (v: { lanes: Lanes; tile: number; relu: boolean; residual: boolean; two: boolean }) => {
    const e = elementOf(v.lanes);
    return defineProgram({
      name: "BatchNormGradientSums",
      storage: {
        dy: `read ${e}`,
        dy2: `read ${e}`,
        x: `read ${e}`,
        y: `read ${e}`,
        stats: `read ${e}`,
        partial: `write ${e}`,
        dSkip: `write ${e}`,
      },
      uniforms: shape,
      code: sumRows(
        v.tile,
        e,
        "    let mean = stats[c];",
        `      let d = ${masked(v.two ? "(dy[at] + dy2[at])" : "dy[at]", v.relu, e)};
      ${v.residual ? "dSkip[at] = d;" : ""}
      a += d;
      b += d * (x[at] - mean);`,
        `  partial[rest] = stats[c];
  partial[rest + u.width] = stats[u.width + c];
  partial[rest + 2u * u.width] = stats[2u * u.width + c];`,
      ),
    });
  },
);

// Every thread of the second pass adds the parts of its channel again: they are few and cached, and it saves a pass.
const addParts = (e: string): string => `  let c = i % u.width;
  let stream = i / u.width;
  var first = ${e}(0.0);
  var second = ${e}(0.0);
  for (var part = 0u; part < u.parts; part++) {
    first += partial[(2u * part) * u.width + c];
    second += partial[(2u * part + 1u) * u.width + c];
  }
  let rest = 2u * u.parts * u.width + c;
  let count = f32(u.rows);`;

const streamed = { n: "u32", ...shape, streams: "u32" } as const;

const applyRows = (relu: boolean, residual: boolean, e: string): string => {
  const sum = `(x[at] - mean) * scale + offset${residual ? " + skip[at]" : ""}`;
  return `  if (stream == 0u) {
    stats[c] = mean;
    stats[u.width + c] = inverse;
    stats[2u * u.width + c] = scale;
  }
  for (var row = stream; row < u.rows; row += u.streams) {
    let at = row * u.width + c;
    y[at] = ${relu ? `max(${sum}, ${e}(0.0))` : sum};
  }`;
};

/** y with the batch's statistics; the first stream of rows also moves the running ones (unbiased variance). */
export const applyBatch = variants(({ lanes, relu, residual }: { lanes: Lanes; relu: boolean; residual: boolean }) => {
  const e = elementOf(lanes);
  return defineProgram({
    name: "BatchNormApply",
    storage: {
      x: `read ${e}`,
      partial: `read ${e}`,
      runningMean: `write ${e}`,
      runningVar: `write ${e}`,
      stats: `write ${e}`,
      skip: `read ${e}`,
      y: `write ${e}`,
    },
    uniforms: { ...streamed, momentum: "f32", eps: "f32" },
    code: forEachElement(`${addParts(e)}
  let away = first / count;
  let mean = ${shift(e)} + away;
  let variance = max(second / count - away * away, ${e}(0.0));
  let inverse = inverseSqrt(variance + u.eps);
  let scale = inverse * partial[rest];
  let offset = partial[rest + u.width];
  if (stream == 0u) {
    runningMean[c] += u.momentum * (mean - runningMean[c]);
    runningVar[c] += u.momentum * (variance * count / (count - 1.0) - runningVar[c]);
  }
${applyRows(relu, residual, e)}`),
  });
});

/** y with the running statistics: evaluation. */
export const applyRunning = variants(
  ({ lanes, relu, residual }: { lanes: Lanes; relu: boolean; residual: boolean }) => {
    const e = elementOf(lanes);
    return defineProgram({
      name: "BatchNormEval",
      storage: {
        x: `read ${e}`,
        weight: `read ${e}`,
        bias: `read ${e}`,
        runningMean: `read ${e}`,
        runningVar: `read ${e}`,
        stats: `write ${e}`,
        skip: `read ${e}`,
        y: `write ${e}`,
      },
      uniforms: { n: "u32", rows: "u32", width: "u32", streams: "u32", eps: "f32" },
      code: forEachElement(`  let c = i % u.width;
  let stream = i / u.width;
  let mean = runningMean[c];
  let inverse = inverseSqrt(runningVar[c] + u.eps);
  let scale = inverse * weight[c];
  let offset = bias[c];
${applyRows(relu, residual, e)}`),
    });
  },
);

/**
 * dx = scale·(dy′ − Σdy′/R − (x − mean)·Σ(dy′·(x − mean))/(σ²R)), the sums only in training; the bias's gradient is the
 * sum of dy′, the weight's Σ dy′·(x − mean)/σ. `relu`: dy still needs its mask.
 */
export const applyGradient = variants((v: { lanes: Lanes; relu: boolean; training: boolean }) => {
  const e = elementOf(v.lanes);
  return defineProgram({
    name: "BatchNormGradient",
    storage: {
      dy: `read ${e}`,
      x: `read ${e}`,
      y: `read ${e}`,
      partial: `read ${e}`,
      dx: `write ${e}`,
      dWeight: `write ${e}`,
      dBias: `write ${e}`,
    },
    uniforms: streamed,
    code: forEachElement(`${addParts(e)}
  let mean = partial[rest];
  let inverse = partial[rest + u.width];
  let scale = partial[rest + 2u * u.width];
  if (stream == 0u) {
    dWeight[c] = second * inverse;
    dBias[c] = first;
  }
  let level = ${v.training ? "first / count" : `${e}(0.0)`};
  let slope = ${v.training ? "second * inverse * inverse / count" : `${e}(0.0)`};
  for (var row = stream; row < u.rows; row += u.streams) {
    let at = row * u.width + c;
    let d = ${masked("dy[at]", v.relu, e)};
    dx[at] = scale * (d - level - (x[at] - mean) * slope);
  }`),
  });
});
