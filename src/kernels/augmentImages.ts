// From the bytes of a batch to network input in one dispatch: geometry, bilinear sampling, lighting, normalisation.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { HostArray } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import { tensorFromBytes, tensorOf } from "../tensor/writeTensor";

/** A batch of uint8 RGB images as they were decoded, [B, H, W, 3], four bytes to a word. */
export interface PackedImages {
  readonly words: Tensor;
  readonly shape: readonly [number, number, number];
  dispose(): void;
}

export interface AugmentOptions {
  /** Height and width of the result. */
  readonly size: readonly [number, number];
  /** Per channel, of values in [0, 1]. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /**
   * Per image, row-major: 6 numbers (affine) or 9 (perspective). They map a point of the result to the point of the
   * input that it shows, both in x, y ∈ [−1, 1] with ±1 at the centres of the edge pixels. Default: identity.
   */
  readonly matrices?: ArrayLike<number>;
  /** Per image [scale, shift]: sigmoid(scale·logit(v) + shift). Brightness b then contrast c: [c, c·logit(b)]. */
  readonly lighting?: ArrayLike<number>;
  /** Beyond the edge: mirrored about the edge pixels' centres (default), the edge pixel, or 0. */
  readonly padding?: "reflection" | "border" | "zeros";
}

/** Uploads decoded RGB bytes unchanged: batch × height × width × 3 of them. */
export function uploadImages(bytes: Uint8Array, shape: readonly [number, number, number]): PackedImages {
  const expected = shape[0] * shape[1] * shape[2] * 3;
  if (bytes.length !== expected) throw new Error(`uploadImages: ${bytes.length} bytes for [${shape}, 3]`);
  const words = tensorFromBytes(bytes);
  return { words, shape, dispose: () => words.dispose() };
}

/** Floats an image needs: a 3×3 map from result pixels to input pixels, and its lighting. */
const perImage = 12;

type Matrix = readonly [number, number, number, number, number, number, number, number, number];

function multiply(a: Matrix, b: Matrix): Matrix {
  const cell = (r: number, c: number): number =>
    [0, 1, 2].reduce((sum, k) => sum + (a[3 * r + k] as number) * (b[3 * k + c] as number), 0);
  return [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => cell(Math.floor(i / 3), i % 3)) as unknown as Matrix;
}

/** In double precision, so that the identity comes out as exactly the identity. */
function pixelMap(
  matrix: ArrayLike<number>,
  start: number,
  length: number,
  input: readonly number[],
  size: readonly number[],
): Matrix {
  const [height, width] = input as [number, number];
  const [outHeight, outWidth] = size as [number, number];
  const half = (n: number): number => (n - 1) / 2;
  const m = Array.from({ length: 9 }, (_, i) => (i < length ? (matrix[start + i] as number) : i === 8 ? 1 : 0));
  const fromResult: Matrix = [
    1 / Math.max(half(outWidth), 0.5),
    0,
    -1,
    0,
    1 / Math.max(half(outHeight), 0.5),
    -1,
    0,
    0,
    1,
  ];
  const toInput: Matrix = [half(width), 0, half(width), 0, half(height), half(height), 0, 0, 1];
  return multiply(toInput, multiply(m as unknown as Matrix, fromResult));
}

const identity = [1, 0, 0, 0, 1, 0];

function parametersOf(images: PackedImages, options: AugmentOptions): Float32Array {
  const [batch, height, width] = images.shape;
  const { matrices, lighting } = options;
  const length = matrices ? matrices.length / batch : 6;
  if (length !== 6 && length !== 9) throw new Error(`augmentImages: ${matrices?.length} numbers for ${batch} matrices`);
  if (lighting && lighting.length !== 2 * batch) throw new Error(`augmentImages: ${lighting.length} for lighting`);
  const out = new Float32Array(batch * perImage);
  for (let b = 0; b < batch; b += 1) {
    const start = matrices ? b * length : 0;
    out.set(pixelMap(matrices ?? identity, start, length, [height, width], options.size), b * perImage);
    out.set([lighting?.[2 * b] ?? 1, lighting?.[2 * b + 1] ?? 0], b * perImage + 9);
  }
  return out;
}

interface Attrs {
  readonly images: readonly [number, number, number];
  readonly size: readonly [number, number];
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly padding: "reflection" | "border" | "zeros";
}

const wrapWgsl = {
  reflection: `fn wrap(p : f32, size : i32) -> f32 {
  let span = f32(size - 1);
  let q = abs(p);
  if (q <= span || span <= 0.0) { return min(q, span); }
  let flips = floor(q / span);
  let extra = clamp(q - flips * span, 0.0, span);
  return select(extra, span - extra, i32(flips) % 2 == 1);
}`,
  border: "fn wrap(p : f32, size : i32) -> f32 { return clamp(p, 0.0, f32(size - 1)); }",
  zeros: "fn wrap(p : f32, size : i32) -> f32 { return clamp(p, -2.0, f32(size) + 1.0); }",
} as const;

const program = variants(({ padding }: { padding: Attrs["padding"] }) =>
  defineProgram({
    name: "AugmentImages",
    storage: { words: "read u32", maps: "read f32", y: "write f32" },
    uniforms: {
      n: "u32",
      height: "i32",
      width: "i32",
      outHeight: "u32",
      outWidth: "u32",
      mean0: "f32",
      mean1: "f32",
      mean2: "f32",
      std0: "f32",
      std1: "f32",
      std2: "f32",
    },
    code: `${wrapWgsl[padding]}
fn byte_at(k : u32) -> f32 { return f32((words[k >> 2u] >> ((k & 3u) * 8u)) & 255u); }
fn pixel(b : u32, x : i32, y : i32) -> vec3<f32> {
  if (x < 0 || y < 0 || x >= u.width || y >= u.height) { return vec3<f32>(0.0); }
  let k = ((b * u32(u.height) + u32(y)) * u32(u.width) + u32(x)) * 3u;
  return vec3<f32>(byte_at(k), byte_at(k + 1u), byte_at(k + 2u));
}
${forEachElement(`  let ox = f32(i % u.outWidth);
  let oy = f32((i / u.outWidth) % u.outHeight);
  let b = i / (u.outWidth * u.outHeight);
  let m = b * ${perImage}u;
  let depth = maps[m + 6u] * ox + maps[m + 7u] * oy + maps[m + 8u];
  let across = maps[m] * ox + maps[m + 1u] * oy + maps[m + 2u];
  let down = maps[m + 3u] * ox + maps[m + 4u] * oy + maps[m + 5u];
  // Division by 1 may round on a GPU; affine maps skip it.
  let flat = depth == 1.0;
  let px = wrap(select(across / depth, across, flat), u.width);
  let py = wrap(select(down / depth, down, flat), u.height);
  let x0 = floor(px);
  let y0 = floor(py);
  let fx = px - x0;
  let fy = py - y0;
  let ix = i32(x0);
  let iy = i32(y0);
  let top = pixel(b, ix, iy) * (1.0 - fx) + pixel(b, ix + 1, iy) * fx;
  let bottom = pixel(b, ix, iy + 1) * (1.0 - fx) + pixel(b, ix + 1, iy + 1) * fx;
  var v = (top * (1.0 - fy) + bottom * fy) / 255.0;
  let scale = maps[m + 9u];
  let shift = maps[m + 10u];
  if (scale != 1.0 || shift != 0.0) {
    let c = clamp(v, vec3<f32>(1e-7), vec3<f32>(1.0 - 1e-7));
    v = 1.0 / (1.0 + exp(scale * log(1.0 / c - 1.0) - shift));
  }
  let z = (v - vec3<f32>(u.mean0, u.mean1, u.mean2)) / vec3<f32>(u.std0, u.std1, u.std2);
  y[3u * i] = z.x;
  y[3u * i + 1u] = z.y;
  y[3u * i + 2u] = z.z;`)}`,
  }),
);

function wrap(p: number, size: number, padding: Attrs["padding"]): number {
  const span = size - 1;
  if (padding === "zeros") return Math.min(Math.max(p, -2), size + 1);
  if (padding === "border") return Math.min(Math.max(p, 0), span);
  const q = Math.abs(p);
  if (q <= span || span <= 0) return Math.min(q, span);
  const flips = Math.floor(q / span);
  const extra = Math.min(Math.max(q - flips * span, 0), span);
  return flips % 2 === 1 ? span - extra : extra;
}

function reference({ words, maps }: Readonly<Record<"words" | "maps", HostArray>>, attrs: Attrs): HostArray[] {
  const [batch, height, width] = attrs.images;
  const [outHeight, outWidth] = attrs.size;
  const bytes = new Uint8Array(words.data.buffer, words.data.byteOffset, words.data.byteLength);
  const data = new Float32Array(batch * outHeight * outWidth * 3);
  const lit = (v: number, scale: number, shift: number): number => {
    if (scale === 1 && shift === 0) return v;
    const c = Math.min(Math.max(v, 1e-7), 1 - 1e-7);
    return 1 / (1 + Math.exp(scale * Math.log(1 / c - 1) - shift));
  };
  for (let i = 0; i < data.length / 3; i += 1) {
    const [ox, oy] = [i % outWidth, Math.floor(i / outWidth) % outHeight];
    const b = Math.floor(i / (outWidth * outHeight));
    const m = [...maps.data.subarray(b * perImage, (b + 1) * perImage)];
    const dot = (row: number): number => (m[row] as number) * ox + (m[row + 1] as number) * oy + (m[row + 2] as number);
    const px = wrap(dot(0) / dot(6), width, attrs.padding);
    const py = wrap(dot(3) / dot(6), height, attrs.padding);
    const [x0, y0] = [Math.floor(px), Math.floor(py)];
    for (let c = 0; c < 3; c += 1) {
      const at = (x: number, y: number): number =>
        x < 0 || y < 0 || x >= width || y >= height ? 0 : (bytes[((b * height + y) * width + x) * 3 + c] as number);
      const mix = (p: number, q: number, f: number): number => p * (1 - f) + q * f;
      const row = (y: number): number => mix(at(x0, y), at(x0 + 1, y), px - x0);
      const v = lit(mix(row(y0), row(y0 + 1), py - y0) / 255, m[9] as number, m[10] as number);
      data[3 * i + c] = (v - (attrs.mean[c] as number)) / (attrs.std[c] as number);
    }
  }
  return [{ data, shape: [batch, outHeight, outWidth, 3] }];
}

const kernel = defineKernel<"words" | "maps", Attrs>({
  name: "GlassAugmentImages",
  reference,
  gpu({ words, maps }, { images, size, mean, std, padding }, gpu) {
    const [batch, height, width] = images;
    const y = gpu.make([batch, ...size, 3]);
    const n = sizeOf(y) / 3;
    const [mean0 = 0, mean1 = 0, mean2 = 0] = mean;
    const [std0 = 1, std1 = 1, std2 = 1] = std;
    const [outHeight, outWidth] = size;
    gpu.run(program({ padding }), {
      tensors: { words, maps, y },
      uniforms: { n, height, width, outHeight, outWidth, mean0, mean1, mean2, std0, std1, std2 },
      groups: flatGroups(n),
    });
    return [y];
  },
});

/**
 * float32 [B, h, w, 3]: each result pixel is sampled once through its image's matrix, lit in logit space, normalised.
 * fastai's order and conventions (grid_sample with align_corners), without its averaging when shrinking by more than 2.
 */
export function augmentImages(images: PackedImages, options: AugmentOptions): Tensor4D {
  const maps = tensorOf(parametersOf(images, options), [images.shape[0], perImage], "float32");
  const { size, mean, std, padding = "reflection" } = options;
  const [y] = kernel({ words: images.words, maps }, { images: images.shape, size, mean, std, padding });
  maps.dispose();
  return y as Tensor4D;
}
