// PyTorch's PixelShuffle by 2, [B, H, W, 4C] → [B, 2H, 2W, C] (Shi et al. 2016); tfjs's depthToSpace orders channels otherwise.
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

/** Height, width and channels of the small side, where pixel (h, w) holds channel 4c + 2·dy + dx of pixel (2h + dy, 2w + dx). */
interface Attrs {
  readonly shape: readonly number[];
}

const geometry = { n: "u32", height: "u32", width: "u32", channels: "u32" } as const;

/** i: an element of the small side; `large` its place on the large one. */
const places = `  let quarter = i % 4u;
  let c = (i % u.channels) / 4u;
  let w = (i / u.channels) % u.width;
  let row = i / (u.channels * u.width);
  let h = row % u.height;
  let b = row / u.height;
  let large_row = (b * u.height + h) * 2u + quarter / 2u;
  let large = (large_row * u.width * 2u + w * 2u + quarter % 2u) * (u.channels / 4u) + c;`;

const spread = defineProgram({
  name: "PixelShuffle",
  storage: { x: "read f32", y: "write f32" },
  uniforms: geometry,
  code: forEachElement(`${places}
  y[large] = x[i];`),
});

const gather = defineProgram({
  name: "PixelShuffleGradient",
  storage: { dy: "read f32", dx: "write f32" },
  uniforms: geometry,
  code: forEachElement(`${places}
  dx[i] = dy[large];`),
});

function eachPlace(shape: readonly number[], visit: (small: number, large: number) => void): void {
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  for (let i = 0; i < batch * height * width * channels; i += 1) {
    const quarter = i % 4;
    const c = Math.floor((i % channels) / 4);
    const w = Math.floor(i / channels) % width;
    const row = Math.floor(i / (channels * width));
    const largeRow = row * 2 + Math.floor(quarter / 2);
    visit(i, ((largeRow * width + w) * 2 + (quarter % 2)) * (channels / 4) + c);
  }
}

const uniformsOf = ([, height = 0, width = 0, channels = 0]: readonly number[], n: number) => ({
  ...{ n, height, width, channels },
});

const gradientKernel = defineKernel<"dy", Attrs>({
  name: "GlassPixelShuffleGradient",
  reference({ dy }, { shape }) {
    const data = new Float32Array(dy.data.length);
    eachPlace(shape, (small, large) => (data[small] = dy.data[large] as number));
    return [{ data, shape }];
  },
  gpu({ dy }, { shape }, gpu) {
    const dx = gpu.make(shape);
    const n = sizeOf(dx);
    gpu.run(gather, { tensors: { dy, dx }, uniforms: uniformsOf(shape, n), groups: flatGroups(n) });
    return [dx];
  },
});

const shuffleKernel = defineKernel<"x", Attrs>({
  name: "GlassPixelShuffle",
  reference({ x }, { shape }) {
    const [batch = 0, height = 0, width = 0, channels = 0] = shape;
    const data = new Float32Array(x.data.length);
    eachPlace(shape, (small, large) => (data[large] = x.data[small] as number));
    return [{ data, shape: [batch, 2 * height, 2 * width, channels / 4] }];
  },
  gpu({ x }, { shape }, gpu) {
    const [batch = 0, height = 0, width = 0, channels = 0] = shape;
    const y = gpu.make([batch, 2 * height, 2 * width, channels / 4]);
    const n = sizeOf(x);
    gpu.run(spread, { tensors: { x, y }, uniforms: uniformsOf(shape, n), groups: flatGroups(n) });
    return [y];
  },
  gradient: {
    saveInputs: [],
    saveOutputs: [],
    of: ([dy], _, attrs) => ({ x: () => gradientKernel({ dy: dy as Tensor }, attrs)[0] as Tensor }),
  },
});

/** y[b, 2h + i, 2w + j, c] = x[b, h, w, 4c + 2i + j]. */
export function pixelShuffle(x: Tensor4D): Tensor4D {
  if (x.shape[3] % 4 !== 0) throw new Error(`pixelShuffle: ${x.shape[3]} channels are not a multiple of 4`);
  return shuffleKernel({ x }, { shape: x.shape })[0] as Tensor4D;
}
