// Random numbers by counter: each is a function of (seed, stream, index) alone, the same on CPU and GPU.
import { util } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "./kernel";
import { defineProgram, flatGroups, forEachElement } from "./program";

/**
 * WGSL `random_bits(index, stream, seed) -> u32` and `random_unit(…) -> f32` in [0, 1) with 24 bits:
 * the first lane of pcg3d (Jarzynski and Olano, "Hash Functions for GPU Rendering", 2020).
 */
export const randomWgsl = `
fn random_bits(index : u32, stream : u32, seed : u32) -> u32 {
  var v = vec3<u32>(index, stream, seed) * 1664525u + 1013904223u;
  v.x += v.y * v.z; v.y += v.z * v.x; v.z += v.x * v.y;
  v ^= v >> vec3<u32>(16u);
  v.x += v.y * v.z;
  return v.x;
}
fn random_unit(index : u32, stream : u32, seed : u32) -> f32 {
  return f32(random_bits(index, stream, seed) >> 8u) * ${2 ** -24};
}`;

const { imul } = Math;

/** 32 random bits; the same as `random_bits` in WGSL. */
export function randomBits(index: number, stream: number, seed: number): number {
  let x = (imul(index, 1664525) + 1013904223) | 0;
  let y = (imul(stream, 1664525) + 1013904223) | 0;
  let z = (imul(seed, 1664525) + 1013904223) | 0;
  x = (x + imul(y, z)) | 0;
  y = (y + imul(z, x)) | 0;
  z = (z + imul(x, y)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  return (x + imul(y, z)) >>> 0;
}

/** Uniform in [0, 1) with 24 bits, exact in float32; the same as `random_unit` in WGSL. */
export function randomUnit(index: number, stream: number, seed: number): number {
  return (randomBits(index, stream, seed) >>> 8) * 2 ** -24;
}

// P. J. Acklam's rational approximation of the inverse normal distribution, relative error 1.2e-9.
const a = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716, 2.506628277459239,
];
const b = [-54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572, 1];
const c = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734, 4.374664141464968,
  2.938163982698783,
];
const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1];
const tail = 0.02425;

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}

/** Standard normal from a uniform in [0, 1); 0 stands for 2^-25, so that the result is finite. */
export function inverseNormal(p: number): number {
  const q = Math.max(Math.min(p, 1 - p), 2 ** -25);
  if (q > tail) {
    const s = p - 0.5;
    return (horner(a, s * s) * s) / horner(b, s * s);
  }
  const t = Math.sqrt(-2 * Math.log(q));
  const x = horner(c, t) / horner(d, t);
  return p < 0.5 ? x : -x;
}

const hornerWgsl = (coefficients: readonly number[], x: string): string =>
  coefficients.reduce((sum, k) => (sum === "" ? `f32(${k})` : `(${sum} * ${x} + f32(${k}))`), "");

const normalWgsl = `
fn inverse_normal(p : f32) -> f32 {
  let q = max(min(p, 1.0 - p), ${2 ** -25});
  if (q > ${tail}) {
    let s = p - 0.5;
    let r = s * s;
    return ${hornerWgsl(a, "r")} * s / ${hornerWgsl(b, "r")};
  }
  let t = sqrt(-2.0 * log(q));
  let x = ${hornerWgsl(c, "t")} / ${hornerWgsl(d, "t")};
  return select(-x, x, p < 0.5);
}`;

interface RandomAttrs {
  readonly shape: readonly number[];
  readonly seed: number;
  readonly stream: number;
  readonly scale: number;
  readonly offset: number;
}

function defineRandom(name: string, sample: (unit: number) => number, wgsl: string, sampleWgsl: string) {
  const program = defineProgram({
    name,
    storage: { y: "write f32" },
    uniforms: { n: "u32", seed: "u32", stream: "u32", scale: "f32", offset: "f32" },
    code: `${randomWgsl}${wgsl}
${forEachElement(`  let r = random_unit(i, u.stream, u.seed);\n  y[i] = ${sampleWgsl} * u.scale + u.offset;`)}`,
  });
  return defineKernel<never, RandomAttrs>({
    name: `Glass${name}`,
    reference(_, { shape, seed, stream, scale, offset }) {
      const data = new Float32Array(util.sizeFromShape([...shape]));
      for (let i = 0; i < data.length; i += 1) data[i] = sample(randomUnit(i, stream, seed)) * scale + offset;
      return [{ data, shape }];
    },
    gpu(_, { shape, seed, stream, scale, offset }, gpu) {
      const y = gpu.make(shape);
      const n = sizeOf(y);
      gpu.run(program, { tensors: { y }, uniforms: { n, seed, stream, scale, offset }, groups: flatGroups(n) });
      return [y];
    },
  });
}

const uniformKernel = defineRandom("RandomUniform", (unit) => unit, "", "r");
const normalKernel = defineRandom("RandomNormal", inverseNormal, normalWgsl, "inverse_normal(r)");

export interface RandomOptions {
  readonly seed: number;
  /** Another stream, other numbers: a layer's or a step's own. */
  readonly stream?: number;
}

/** Uniform in [low, high), float32; made on the device, bit-identical on every backend for [0, 1). */
export function randomUniform(
  shape: readonly number[],
  { seed, stream = 0, low = 0, high = 1 }: RandomOptions & { low?: number; high?: number },
): Tensor {
  return uniformKernel({}, { shape, seed, stream, scale: high - low, offset: low })[0] as Tensor;
}

/** Normal with the given mean and standard deviation, float32; equal on every backend up to rounding. */
export function randomNormal(
  shape: readonly number[],
  { seed, stream = 0, mean = 0, std = 1 }: RandomOptions & { mean?: number; std?: number },
): Tensor {
  return normalKernel({}, { shape, seed, stream, scale: std, offset: mean })[0] as Tensor;
}
