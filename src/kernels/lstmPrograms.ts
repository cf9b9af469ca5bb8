// WGSL of one time step of an LSTM, forward and back: the recurrent product and the cell in one dispatch.
//
// A workgroup of 64 makes 32 rows of the batch by 8 hidden units; each invocation holds 4 rows of one unit with all
// its gates, so that the cell follows in registers. On an emulated GPU the same invocations read without workgroup
// memory: barriers cost more there than loads.
import { defineProgram, variants } from "../tensor/program";

/** Rows of the batch and hidden units of a workgroup. */
export const tileRows = 32;
export const tileUnits = 8;

const activations = `
fn sigmoid(x : vec4<f32>) -> vec4<f32> { return 1.0 / (1.0 + exp(-x)); }
// Some drivers take the quotient of exponentials, which is no number for large arguments.
fn tanh_safe(x : vec4<f32>) -> vec4<f32> { return tanh(clamp(x, vec4<f32>(-15.0), vec4<f32>(15.0))); }
fn row_of(row : u32) -> u32 { return min(row, u.batch - 1u); }`;

const main = `@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) local : u32, @builtin(workgroup_id) group : vec3<u32>) {
  let tx = local % 8u;
  let ty = local / 8u;
  let unit = group.x * 8u + tx;
  let row = group.y * 32u + ty * 4u;
  let width = u.hidden * 4u;`;

const previous = `
fn previous(row : u32, k : u32) -> f32 {
  if (u.t == 0u) { return h0[row_of(row) * u.hidden + k]; }
  return y[(row_of(row) * u.steps + u.t - 1u) * u.hidden + k];
}
fn previous4(row : u32, k : u32) -> vec4<f32> {
  return vec4<f32>(previous(row, k), previous(row + 1u, k), previous(row + 2u, k), previous(row + 3u, k));
}
fn weights(k : u32, unit : u32) -> vec4<f32> {
  let at = k * u.hidden * 4u + min(unit, u.hidden - 1u);
  return vec4<f32>(whh[at], whh[at + u.hidden], whh[at + 2u * u.hidden], whh[at + 3u * u.hidden]);
}`;

const addProduct = `gi += h * w.x; gf += h * w.y; gg += h * w.z; go += h * w.w;`;

const forwardSums = {
  direct: `
  for (var k = 0u; k < u.hidden; k++) {
    let h = previous4(row, k);
    let w = weights(k, unit);
    ${addProduct}
  }`,
  tiled: `
  for (var begin = 0u; begin < u.hidden; begin += 32u) {
    for (var i = local; i < 256u; i += 64u) {
      let k = begin + i % 32u;
      let h_row = group.y * 32u + (i / 32u) * 4u;
      h_tile[(i % 32u) * 8u + i / 32u] = select(vec4<f32>(), previous4(h_row, min(k, u.hidden - 1u)), k < u.hidden);
      w_tile[i] = weights(min(begin + i / 8u, u.hidden - 1u), group.x * 8u + i % 8u);
    }
    workgroupBarrier();
    for (var k = 0u; k < 32u; k++) {
      let h = h_tile[k * 8u + ty];
      let w = w_tile[k * 8u + tx];
      ${addProduct}
    }
    workgroupBarrier();
  }`,
};

/** Step t: gates from x·W (given), h(t−1)·U and the bias, then cell and output; all of them are kept. */
export const lstmForward = variants(({ tiled }: { tiled: boolean }) =>
  defineProgram({
    name: `LstmForward${tiled ? "Tiled" : ""}`,
    storage: {
      xg: "read f32",
      whh: "read f32",
      bias: "read f32",
      h0: "read f32",
      c0: "read f32",
      y: "write f32",
      c: "write f32",
      gates: "write f32",
    },
    uniforms: { batch: "u32", steps: "u32", hidden: "u32", t: "u32" },
    code: `${activations}${previous}
${tiled ? "var<workgroup> h_tile : array<vec4<f32>, 256>;\nvar<workgroup> w_tile : array<vec4<f32>, 256>;" : ""}
${main}
  var gi = vec4<f32>();
  var gf = vec4<f32>();
  var gg = vec4<f32>();
  var go = vec4<f32>();
${tiled ? forwardSums.tiled : forwardSums.direct}
  if (unit >= u.hidden) { return; }
  var before = vec4<f32>();
  for (var r = 0u; r < 4u; r++) {
    let at = (row_of(row + r) * u.steps + u.t) * width + unit;
    gi[r] += xg[at] + bias[unit];
    gf[r] += xg[at + u.hidden] + bias[unit + u.hidden];
    gg[r] += xg[at + 2u * u.hidden] + bias[unit + 2u * u.hidden];
    go[r] += xg[at + 3u * u.hidden] + bias[unit + 3u * u.hidden];
    if (u.t == 0u) { before[r] = c0[row_of(row + r) * u.hidden + unit]; }
    else { before[r] = c[(row_of(row + r) * u.steps + u.t - 1u) * u.hidden + unit]; }
  }
  gi = sigmoid(gi);
  gf = sigmoid(gf);
  gg = tanh_safe(gg);
  go = sigmoid(go);
  let cell = gf * before + gi * gg;
  let out = go * tanh_safe(cell);
  for (var r = 0u; r < 4u; r++) {
    if (row + r >= u.batch) { return; }
    let at = (row + r) * u.steps + u.t;
    y[at * u.hidden + unit] = out[r];
    c[at * u.hidden + unit] = cell[r];
    gates[at * width + unit] = gi[r];
    gates[at * width + unit + u.hidden] = gf[r];
    gates[at * width + unit + 2u * u.hidden] = gg[r];
    gates[at * width + unit + 3u * u.hidden] = go[r];
  }
}`,
  }),
);

const later = `
fn later(row : u32, j : u32) -> vec4<f32> {
  let at = (row_of(row) * u.steps + u.t + 1u) * u.hidden * 4u + j * 4u;
  return vec4<f32>(dgates[at], dgates[at + 1u], dgates[at + 2u], dgates[at + 3u]);
}`;

const backwardSums = {
  direct: `
    for (var j = 0u; j < u.hidden; j++) {
      let w = whh[min(unit, u.hidden - 1u) * u.hidden + j];
      for (var r = 0u; r < 4u; r++) { dh[r] += dot(later(row + r, j), w); }
    }`,
  tiled: `
    for (var begin = 0u; begin < u.hidden; begin += 16u) {
      for (var i = local; i < 512u; i += 64u) {
        let j = begin + i % 16u;
        let value = later(group.y * 32u + i / 16u, min(j, u.hidden - 1u));
        d_tile[(i % 16u) * 32u + i / 16u] = select(vec4<f32>(), value, j < u.hidden);
      }
      for (var i = local; i < 128u; i += 64u) {
        let j = min(begin + i % 16u, u.hidden - 1u);
        w_tile[(i % 16u) * 8u + i / 16u] = whh[min(group.x * 8u + i / 16u, u.hidden - 1u) * u.hidden + j];
      }
      workgroupBarrier();
      for (var j = 0u; j < 16u; j++) {
        let w = w_tile[j * 8u + tx];
        for (var r = 0u; r < 4u; r++) { dh[r] += dot(d_tile[j * 32u + ty * 4u + r], w); }
      }
      workgroupBarrier();
    }`,
};

/** Step t going back: the output's gradient and what the next step's gates send, through the cell, to this step's gates. */
export const lstmBackward = variants(({ tiled }: { tiled: boolean }) =>
  defineProgram({
    name: `LstmBackward${tiled ? "Tiled" : ""}`,
    storage: {
      dy: "read f32",
      whh: "read vec4<f32>",
      gates: "read f32",
      c: "read f32",
      c0: "read f32",
      dgates: "write f32",
      carry: "write f32",
    },
    uniforms: { batch: "u32", steps: "u32", hidden: "u32", t: "u32" },
    code: `${activations}${later}
${tiled ? "var<workgroup> d_tile : array<vec4<f32>, 512>;\nvar<workgroup> w_tile : array<vec4<f32>, 128>;" : ""}
${main}
  var dh = vec4<f32>();
  let last = u.t + 1u == u.steps;
  if (!last) {${tiled ? backwardSums.tiled : backwardSums.direct}
  }
  if (unit >= u.hidden) { return; }
  for (var r = 0u; r < 4u; r++) {
    if (row + r >= u.batch) { return; }
    let at = (row + r) * u.steps + u.t;
    let g = at * width + unit;
    let i = gates[g];
    let f = gates[g + u.hidden];
    let n = gates[g + 2u * u.hidden];
    let o = gates[g + 3u * u.hidden];
    let own = (row + r) * u.hidden + unit;
    var before = 0.0;
    if (u.t == 0u) { before = c0[own]; } else { before = c[(at - 1u) * u.hidden + unit]; }
    let squashed = tanh_safe(vec4<f32>(c[at * u.hidden + unit])).x;
    let d = dh[r] + dy[at * u.hidden + unit];
    var dc = d * o * (1.0 - squashed * squashed);
    if (!last) { dc += carry[own]; }
    dgates[g] = dc * n * i * (1.0 - i);
    dgates[g + u.hidden] = dc * before * f * (1.0 - f);
    dgates[g + 2u * u.hidden] = dc * i * (1.0 - n * n);
    dgates[g + 3u * u.hidden] = d * squashed * o * (1.0 - o);
    carry[own] = dc * f;
  }
}`,
  }),
);
