// The WGSL of spectral normalisation: two products of a matrix and a vector, lengths, and the division.
import { defineProgram, forEachElement } from "../tensor/program";

/** Row (tap, input) of our weights is place input·taps + tap of PyTorch's vector v. */
const place = "fn place(row : u32) -> u32 { return (row % u.inputs) * u.taps + row / u.inputs; }";

/** back[v's place] = Σ_o w[row, o]·u[o] */
export const timesU = defineProgram({
  name: "SpectralNormTimesU",
  storage: { w: "read f32", u_vector: "read f32", back: "write f32" },
  uniforms: { n: "u32", columns: "u32", inputs: "u32", taps: "u32" },
  code: `${place}
${forEachElement(`  var sum = 0.0;
  for (var column = 0u; column < u.columns; column++) { sum += w[i * u.columns + column] * u_vector[column]; }
  back[place(i)] = sum;`)}`,
});

/** product[o] = Σ_row w[row, o]·v[row's place] */
export const timesV = defineProgram({
  name: "SpectralNormTimesV",
  storage: { w: "read f32", v: "read f32", product: "write f32" },
  uniforms: { n: "u32", rows: "u32", inputs: "u32", taps: "u32" },
  code: `${place}
${forEachElement(`  var sum = 0.0;
  for (var row = 0u; row < u.rows; row++) { sum += w[row * u.n + i] * v[place(row)]; }
  product[i] = sum;`)}`,
});

/** One workgroup adds `term` of all elements into `total`. */
const sumUp = (term: string, after: string) => `var<workgroup> sums : array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) lane : u32) {
  var sum = 0.0;
  for (var i = lane; i < u.n; i += 64u) { sum += ${term}; }
  sums[lane] = sum;
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane < half) { sums[lane] += sums[lane + half]; }
    workgroupBarrier();
  }
  let total = sums[0];
${after}
}`;

/** goal = source/max(‖source‖, 1e-12) */
export const normalise = defineProgram({
  name: "SpectralNormNormalise",
  storage: { source: "read f32", goal: "write f32" },
  uniforms: { n: "u32" },
  code: sumUp(
    "source[i] * source[i]",
    "  let length = max(sqrt(total), 1e-12);\n  for (var i = lane; i < u.n; i += 64u) { goal[i] = source[i] / length; }",
  ),
});

export const vectorDot = defineProgram({
  name: "SpectralNormSigma",
  storage: { a: "read f32", b: "read f32", sigma: "write f32" },
  uniforms: { n: "u32" },
  code: sumUp("a[i] * b[i]", "  if (lane == 0u) { sigma[0] = total; }"),
});

export const sum = defineProgram({
  name: "SpectralNormSum",
  storage: { terms: "read f32", result: "write f32" },
  uniforms: { n: "u32" },
  code: sumUp("terms[i]", "  if (lane == 0u) { result[0] = total; }"),
});

export const divide = defineProgram({
  name: "SpectralNormDivide",
  storage: { w: "read f32", sigma: "read f32", normalised: "write f32" },
  uniforms: { n: "u32" },
  code: forEachElement("  normalised[i] = w[i] / sigma[0];"),
});

export const columnDots = defineProgram({
  name: "SpectralNormColumnDots",
  storage: { a: "read f32", b: "read f32", dots: "write f32" },
  uniforms: { n: "u32", rows: "u32" },
  code: forEachElement(`  var sum = 0.0;
  for (var row = 0u; row < u.rows; row++) { sum += a[row * u.n + i] * b[row * u.n + i]; }
  dots[i] = sum;`),
});

/** (dw − (Σ dw·w/σ)·u·vᵀ)/σ */
export const originalGradient = defineProgram({
  name: "SpectralNormGradient",
  storage: {
    dw: "read f32",
    u_vector: "read f32",
    v: "read f32",
    sigma: "read f32",
    inner: "read f32",
    dOriginal: "write f32",
  },
  uniforms: { n: "u32", columns: "u32", inputs: "u32", taps: "u32" },
  code: `${place}
${forEachElement(`  let column = i % u.columns;
  dOriginal[i] = (dw[i] - inner[0] * u_vector[column] * v[place(i / u.columns)]) / sigma[0];`)}`,
});
