// Half floats (IEEE 754 binary16) in the same bits everywhere: rounding in place, two packed in a word, and back.
//
// WGSL's own pack2x16float leaves numbers too large for a half float, and those below its normal range, to the device,
// and a mixed-precision run lives from both: infinity tells that the loss scale is too large, small numbers are what it
// rescues. So the conversion is written out in whole numbers; no `shader-f16` is needed.
import { util } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "./kernel";
import { defineProgram, flatGroups, forEachElement } from "./program";

const smallest = 2 ** -24;

const halfWgsl = `
fn to_half(bits : u32) -> u32 {
  let sign = (bits >> 16u) & 0x8000u;
  let magnitude = bits & 0x7fffffffu;
  if (magnitude > 0x7f800000u) { return sign | 0x7e00u; }
  if (magnitude >= 0x477ff000u) { return sign | 0x7c00u; }
  if (magnitude < 0x38800000u) { return sign | u32(round(bitcast<f32>(magnitude) * ${1 / smallest}.0)); }
  let rounded = magnitude + 0x0fffu + ((magnitude >> 13u) & 1u);
  return sign | ((rounded >> 13u) - 0x1c000u);
}
fn from_half(half : u32) -> u32 {
  let sign = (half & 0x8000u) << 16u;
  let exponent = (half >> 10u) & 0x1fu;
  let fraction = half & 0x3ffu;
  if (exponent == 0x1fu) { return sign | 0x7f800000u | (fraction << 13u); }
  if (exponent == 0u) { return sign | bitcast<u32>(f32(fraction) * ${smallest}); }
  return sign | ((exponent + 112u) << 23u) | (fraction << 13u);
}`;

const words = new DataView(new ArrayBuffer(4));

/** The half float nearest to a number (ties to even), as its 16 bits; beyond 65,520 it is infinite. */
export function toHalf(value: number): number {
  words.setFloat32(0, value);
  const bits = words.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude < 0x38800000) {
    const scaled = Math.abs(value) / smallest;
    const floor = Math.floor(scaled);
    const up = scaled - floor > 0.5 || (scaled - floor === 0.5 && floor % 2 === 1);
    return sign | (floor + (up ? 1 : 0));
  }
  const rounded = magnitude + 0x0fff + ((magnitude >>> 13) & 1);
  return sign | ((rounded >>> 13) - 0x1c000);
}

/** The number that 16 bits stand for. */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * smallest : sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

const roundProgram = defineProgram({
  name: "RoundHalf",
  storage: { x: "write u32" },
  uniforms: { n: "u32" },
  code: `${halfWgsl}\n${forEachElement("  x[i] = from_half(to_half(x[i]));")}`,
});

// One thread a pair.
const packProgram = defineProgram({
  name: "PackHalf",
  storage: { x: "write u32", packed: "write u32" },
  uniforms: { n: "u32", size: "u32" },
  code: `${halfWgsl}
${forEachElement(`  var high = 0u;
  if (2u * i + 1u < u.size) { high = to_half(x[2u * i + 1u]); }
  packed[i] = to_half(x[2u * i]) | (high << 16u);`)}`,
});

const unpackProgram = defineProgram({
  name: "UnpackHalf",
  storage: { packed: "read u32", x: "write u32" },
  uniforms: { n: "u32" },
  code: `${halfWgsl}
${forEachElement("  x[i] = from_half((packed[i / 2u] >> (16u * (i & 1u))) & 0xffffu);")}`,
});

const roundKernel = defineKernel<"x", object>({
  name: "GlassRoundHalf",
  reference({ x }) {
    x.data.forEach((value, i) => (x.data[i] = fromHalf(toHalf(value))));
    return [];
  },
  gpu({ x }, _, gpu) {
    const n = sizeOf(x);
    gpu.run(roundProgram, { tensors: { x }, uniforms: { n }, groups: flatGroups(n) });
    return [];
  },
});

const packKernel = defineKernel<"x", object>({
  name: "GlassPackHalf",
  reference({ x }) {
    const packed = new Int32Array(Math.ceil(x.data.length / 2));
    x.data.forEach((value, i) => {
      packed[i >> 1] = (packed[i >> 1] as number) | (toHalf(value) << (16 * (i & 1)));
    });
    return [{ data: packed, shape: [packed.length] }];
  },
  gpu({ x }, _, gpu) {
    const size = sizeOf(x);
    const n = Math.ceil(size / 2);
    const packed = gpu.make([n], "int32");
    gpu.run(packProgram, { tensors: { x, packed }, uniforms: { n, size }, groups: flatGroups(n) });
    return [packed];
  },
});

const unpackKernel = defineKernel<"packed", { shape: readonly number[] }>({
  name: "GlassUnpackHalf",
  reference({ packed }, { shape }) {
    const data = new Float32Array(util.sizeFromShape([...shape]));
    data.forEach((_, i) => (data[i] = fromHalf(((packed.data[i >> 1] as number) >>> (16 * (i & 1))) & 0xffff)));
    return [{ data, shape }];
  },
  gpu({ packed }, { shape }, gpu) {
    const x = gpu.make(shape);
    const n = sizeOf(x);
    gpu.run(unpackProgram, { tensors: { packed, x }, uniforms: { n }, groups: flatGroups(n) });
    return [x];
  },
});

/** Rounds a float32 tensor to half floats, in place. */
export function roundHalf(x: Tensor): void {
  roundKernel({ x }, {});
}

/** A float32 tensor's numbers as half floats, two a word: int32 [⌈n/2⌉]. */
export function packHalf(x: Tensor): Tensor {
  return packKernel({ x }, {})[0] as Tensor;
}

/** The float32 tensor of a shape that was packed. */
export function unpackHalf(packed: Tensor, shape: readonly number[]): Tensor {
  return unpackKernel({ packed }, { shape })[0] as Tensor;
}
