// What the tiles of each convolution pass are filled with: where a row lies, and what it holds at a depth.
import type { ConvPass } from "./convShape";
import { nowhere, phaseWgsl } from "./convWgsl";

export interface TiledVariant {
  readonly pass: ConvPass;
  /** 64 for large products, 32 where 64 would leave the GPU idle. */
  readonly tile: 32 | 64;
  /** Whether the number of input (output) channels is a multiple of 4. */
  readonly vectorIn: boolean;
  readonly vectorOut: boolean;
}

/** An operand of a tiled product, read by WGSL functions `locate(row) -> vec3<i32>` and `load(at, k, end)`. */
export interface Operand {
  /** What lies side by side in memory: depths of one row, or rows at one depth. */
  readonly contiguous: "depth" | "rows";
  /** Whether `load` gives four neighbours at once. */
  readonly vector: boolean;
}

export interface TiledOperands {
  readonly a: Operand;
  readonly b: Operand;
  readonly outVector: boolean;
  readonly functions: string;
  /** WGSL that declares `rows`, `columns`, `start` and `end` (of the depth) for the workgroup at `z`. */
  readonly begin: string;
  /** WGSL expression: the element of C's row `row` in `out`. */
  readonly store: string;
}

/** Reads the `index`-th element (or the vector that begins there) if `inside`, else zero. */
function pick(array: string, vector: boolean, inside: string, index: string): string {
  const zero = vector ? "vec4<f32>()" : "0.0";
  // Without a branch: emulators take minutes to compile many, and a GPU's lanes would wait for each other anyway.
  return `let inside = ${inside};
  let index = select(0, ${index}, inside);
  return select(${zero}, ${array}[${vector ? "index / 4" : "index"}], inside);`;
}

const typeOf = (vector: boolean) => (vector ? "vec4<f32>" : "f32");
const inImage = "y >= 0 && y < u.inHeight && x >= 0 && x < u.inWidth";

function forward({ vectorIn, vectorOut }: TiledVariant): TiledOperands {
  return {
    a: { contiguous: "depth", vector: vectorIn },
    b: { contiguous: "rows", vector: vectorOut },
    outVector: vectorOut,
    functions: `
// (image's first row of pixels, first y, first x) of output pixel m
fn a_locate(m : i32) -> vec3<i32> {
  let pixels = u.outHeight * u.outWidth;
  if (m >= u.batch * pixels) { return vec3<i32>(0, ${nowhere}, 0); }
  let p = m % pixels;
  return vec3<i32>(m / pixels * u.inHeight, p / u.outWidth * u.strideHeight - u.padTop, p % u.outWidth * u.strideWidth - u.padLeft);
}
fn a_load(at : vec3<i32>, k : i32, end : i32) -> ${typeOf(vectorIn)} {
  let tap = k / u.inChannels;
  let y = at.y + tap / u.kernelWidth;
  let x = at.z + tap % u.kernelWidth;
  ${pick("a", vectorIn, `k < end && ${inImage}`, "((at.x + y) * u.inWidth + x) * u.inChannels + k % u.inChannels")}
}
fn b_locate(n : i32) -> vec3<i32> { return vec3<i32>(n, 0, 0); }
fn b_load(at : vec3<i32>, k : i32, end : i32) -> ${typeOf(vectorOut)} {
  ${pick("b", vectorOut, "k < end && at.x < u.outChannels", "k * u.outChannels + at.x")}
}`,
    begin: `  let rows = u.batch * u.outHeight * u.outWidth;
  let columns = u.outChannels;
  let start = z;
  let end = u.kernelHeight * u.kernelWidth * u.inChannels;`,
    store: "row * columns",
  };
}

function input({ vectorIn, vectorOut }: TiledVariant): TiledOperands {
  return {
    a: { contiguous: "depth", vector: vectorOut },
    b: { contiguous: "depth", vector: vectorOut },
    outVector: vectorIn,
    functions: `${phaseWgsl}
var<private> phase : Phase;
// (image's first row of pixels, y and x of tap 0) of the phase's pixel m
fn a_locate(m : i32) -> vec3<i32> {
  let pixels = phase.height * phase.width;
  if (m >= u.batch * pixels) { return vec3<i32>(0, ${nowhere}, 0); }
  let p = m % pixels;
  return vec3<i32>(m / pixels * u.outHeight,
    p / phase.width + (phase.y + u.padTop) / u.strideHeight,
    p % phase.width + (phase.x + u.padLeft) / u.strideWidth);
}
fn a_load(at : vec3<i32>, k : i32, end : i32) -> ${typeOf(vectorOut)} {
  let tap = k / u.outChannels;
  let y = at.y - tap / phase.columns;
  let x = at.z - tap % phase.columns;
  ${pick("a", vectorOut, "k < end && y >= 0 && y < u.outHeight && x >= 0 && x < u.outWidth", "((at.x + y) * u.outWidth + x) * u.outChannels + k % u.outChannels")}
}
fn b_locate(n : i32) -> vec3<i32> { return vec3<i32>(n, 0, 0); }
fn b_load(at : vec3<i32>, k : i32, end : i32) -> ${typeOf(vectorOut)} {
  let tap = k / u.outChannels;
  let r = phase.firstRow + tap / phase.columns * u.strideHeight;
  let c = phase.firstColumn + tap % phase.columns * u.strideWidth;
  ${pick("b", vectorOut, "k < end && at.x < u.inChannels", "((r * u.kernelWidth + c) * u.inChannels + at.x) * u.outChannels + k % u.outChannels")}
}
fn place(m : i32) -> i32 {
  let pixels = phase.height * phase.width;
  let p = m % pixels;
  let y = p / phase.width * u.strideHeight + phase.y;
  let x = p % phase.width * u.strideWidth + phase.x;
  return ((m / pixels * u.inHeight + y) * u.inWidth + x) * u.inChannels;
}`,
    begin: `  let current = phaseOf(z);
  phase = current;
  let rows = u.batch * current.height * current.width;
  let columns = u.inChannels;
  let start = 0;
  let end = current.rows * current.columns * u.outChannels;`,
    store: "place(row)",
  };
}

function filter({ vectorIn, vectorOut }: TiledVariant): TiledOperands {
  return {
    a: { contiguous: "rows", vector: vectorIn },
    b: { contiguous: "rows", vector: vectorOut },
    outVector: vectorOut,
    functions: `
// (y and x of the first pixel, channel) of weight m
fn a_locate(m : i32) -> vec3<i32> {
  let tap = m / u.inChannels;
  if (tap >= u.kernelHeight * u.kernelWidth) { return vec3<i32>(${nowhere}, 0, 0); }
  return vec3<i32>(tap / u.kernelWidth - u.padTop, tap % u.kernelWidth - u.padLeft, m % u.inChannels);
}
fn a_load(at : vec3<i32>, k : i32, end : i32) -> ${typeOf(vectorIn)} {
  let pixels = u.outHeight * u.outWidth;
  let p = k % pixels;
  let y = at.x + p / u.outWidth * u.strideHeight;
  let x = at.y + p % u.outWidth * u.strideWidth;
  ${pick("a", vectorIn, `k < end && ${inImage}`, "((k / pixels * u.inHeight + y) * u.inWidth + x) * u.inChannels + at.z")}
}
fn b_locate(n : i32) -> vec3<i32> { return vec3<i32>(n, 0, 0); }
fn b_load(at : vec3<i32>, k : i32, end : i32) -> ${typeOf(vectorOut)} {
  ${pick("b", vectorOut, "k < end && at.x < u.outChannels", "k * u.outChannels + at.x")}
}`,
    begin: `  let rows = u.kernelHeight * u.kernelWidth * u.inChannels;
  let columns = u.outChannels;
  let start = z * u.partDepth;
  let end = min(start + u.partDepth, u.batch * u.outHeight * u.outWidth);`,
    store: "(z * rows + row) * columns",
  };
}

const passes = { forward, input, filter };

/** The operands of one pass. */
export function tiledOperands(variant: TiledVariant): TiledOperands {
  return passes[variant.pass](variant);
}
