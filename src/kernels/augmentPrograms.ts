// The GPU programs of `augmentImages` and `augmentMasks`: one invocation a pixel, everything in one pass.
import { randomWgsl } from "../tensor/random";
import { defineProgram, forEachElement, variants } from "../tensor/program";
import { AT, type Padding } from "./augmentPlan";

/** What the text of a program depends on. */
export interface Variant {
  readonly channels: number;
  /** Bytes, four to a word, or one float each. */
  readonly floats: boolean;
  readonly padding: Padding;
  readonly gridPadding: Padding | null;
  readonly padPadding: Padding | null;
  readonly jitters: boolean;
  readonly reduces: boolean;
  readonly noises: boolean;
  readonly holes: number;
}

const UNIFORMS = {
  n: "u32",
  height: "i32",
  width: "i32",
  outHeight: "u32",
  outWidth: "u32",
  gridHeight: "i32",
  gridWidth: "i32",
  padRows: "i32",
  padColumns: "i32",
} as const;

const WRAPS: Readonly<Record<Padding, string>> = {
  reflection: `fn NAME(p : f32, size : i32) -> f32 {
  let span = f32(size - 1);
  let q = abs(p);
  if (q <= span || span <= 0.0) { return min(q, span); }
  let flips = floor(q / span);
  let extra = clamp(q - flips * span, 0.0, span);
  return select(extra, span - extra, i32(flips) % 2 == 1);
}`,
  border: "fn NAME(p : f32, size : i32) -> f32 { return clamp(p, 0.0, f32(size - 1)); }",
  zeros: "fn NAME(p : f32, size : i32) -> f32 { return clamp(p, -2.0, f32(size) + 1.0); }",
};
const wrapAs = (name: string, padding: Padding): string => WRAPS[padding].replace("NAME", name);

const readWgsl = ({ floats, padPadding, channels }: Variant): string => `
fn value_at(k : u32) -> f32 {
  ${floats ? "return words[k];" : "return f32((words[k >> 2u] >> ((k & 3u) * 8u)) & 255u);"}
}
fn inside(x : i32, y : i32) -> bool { return x >= 0 && y >= 0 && x < u.width && y < u.height; }
// First value of a pixel of the padded source, or −1 where there is nothing.
fn pixel_index(b : u32, x : i32, y : i32) -> i32 {
  ${
    padPadding === null
      ? "let px = x; let py = y;"
      : `let px = i32(wrap_pad(f32(x - u.padColumns), u.width));
  let py = i32(wrap_pad(f32(y - u.padRows), u.height));`
  }
  if (!inside(px, py)) { return -1; }
  return i32(((b * u32(u.height) + u32(py)) * u32(u.width) + u32(px)) * ${channels}u);
}`;

/** From a pixel of the result to `px`, `py` in the sampled source; `nothing` beyond a grid filled with zeros. */
const placeWgsl = (variant: Variant): string => {
  const { gridPadding, jitters, holes } = variant;
  const grid = {
    none: "",
    zeros: "let nothing = gx < 0.0 || gy < 0.0 || gx >= f32(u.gridWidth) || gy >= f32(u.gridHeight);",
    wraps: "gx = wrap_grid(gx, u.gridWidth); gy = wrap_grid(gy, u.gridHeight);",
  }[gridPadding === null ? "none" : gridPadding === "zeros" ? "zeros" : "wraps"];
  const noise = `
  let seed = u32(maps[m + ${AT.seed}u]);
  let at = u32(gy) * u32(u.gridWidth) + u32(gx);
  let jitter = maps[m + ${AT.jitter}u];
  place += (vec2<f32>(random_unit(at, 1u, seed), random_unit(at, 2u, seed)) * 2.0 - 1.0) * jitter;
  place = map_point(m + ${AT.toSource}u, place);`;
  return `
  let column = f32(i % u.outWidth);
  let row = f32((i / u.outWidth) % u.outHeight);
  let b = i / (u.outWidth * u.outHeight);
  let m = b * ${AT.holes + 4 * holes}u;
  var gx = column + maps[m + ${AT.offsetX}u];
  var gy = row + maps[m + ${AT.offsetY}u];
  ${grid}
  ${grid.startsWith("let nothing") ? "" : "let nothing = false;"}
  var place = map_point(m + ${AT.toGrid}u, vec2<f32>(gx, gy));
  ${jitters ? noise : ""}
  let reduced = vec2<i32>(i32(maps[m + ${AT.reducedWidth}u]), i32(maps[m + ${AT.reducedHeight}u]));
  let px = wrap(place.x, reduced.x);
  let py = wrap(place.y, reduced.y);`;
};

const mapWgsl = `
fn map_point(m : u32, p : vec2<f32>) -> vec2<f32> {
  let depth = maps[m + 6u] * p.x + maps[m + 7u] * p.y + maps[m + 8u];
  let across = maps[m] * p.x + maps[m + 1u] * p.y + maps[m + 2u];
  let down = maps[m + 3u] * p.x + maps[m + 4u] * p.y + maps[m + 5u];
  // Division by 1 may round on a GPU; affine maps skip it.
  if (depth == 1.0) { return vec2<f32>(across, down); }
  return vec2<f32>(across / depth, down / depth);
}`;

function shared(variant: Variant): string {
  const { padding, gridPadding, padPadding, jitters, noises } = variant;
  return [
    jitters || noises ? randomWgsl : "",
    wrapAs("wrap", padding),
    gridPadding === null || gridPadding === "zeros" ? "" : wrapAs("wrap_grid", gridPadding),
    padPadding === null ? "" : wrapAs("wrap_pad", padPadding),
    mapWgsl,
    readWgsl(variant),
  ].join("\n");
}

/** Adds a pixel of the reduced source, weighted, to `v`. */
const addWgsl = ({ channels, reduces }: Variant): string => `
var<private> v : array<f32, ${channels}>;
fn add(b : u32, x : i32, y : i32, reduced : vec2<i32>, weight : f32) {
  if (x < 0 || y < 0 || x >= reduced.x || y >= reduced.y) { return; }
  ${
    reduces
      ? `let wide = u.width + 2 * u.padColumns;
  let tall = u.height + 2 * u.padRows;
  let left = (x * wide) / reduced.x;
  let right = ((x + 1) * wide + reduced.x - 1) / reduced.x;
  let top = (y * tall) / reduced.y;
  let bottom = ((y + 1) * tall + reduced.y - 1) / reduced.y;
  let each = weight / f32((right - left) * (bottom - top));
  for (var sy = top; sy < bottom; sy += 1) {
    for (var sx = left; sx < right; sx += 1) {
      let k = pixel_index(b, sx, sy);
      if (k >= 0) { for (var c = 0u; c < ${channels}u; c += 1u) { v[c] += each * value_at(u32(k) + c); } }
    }
  }`
      : `let k = pixel_index(b, x, y);
  if (k >= 0) { for (var c = 0u; c < ${channels}u; c += 1u) { v[c] += weight * value_at(u32(k) + c); } }`
  }
}`;

export const imageProgram = variants((variant: Variant) => {
  const { channels, floats, noises, holes } = variant;
  const hole = `
  for (var k = 0u; k < ${holes}u; k += 1u) {
    let h = m + ${AT.holes}u + 4u * k;
    if (row >= maps[h] && row < maps[h + 1u] && column >= maps[h + 2u] && column < maps[h + 3u]) { blank = true; }
  }`;
  const noise = `
    if (f32(c) == maps[m + ${AT.noiseChannel}u] && !nothing) {
      value = random_unit(i, 3u, u32(maps[m + ${AT.seed}u])) * maps[m + ${AT.noiseAmount}u];
    }`;
  return defineProgram({
    name: "AugmentImages",
    storage: { words: floats ? "read f32" : "read u32", maps: "read f32", stats: "read f32", y: "write f32" },
    uniforms: UNIFORMS,
    code: `${shared(variant)}
${addWgsl(variant)}
${forEachElement(`${placeWgsl(variant)}
  let x0 = floor(px);
  let y0 = floor(py);
  let fx = px - x0;
  let fy = py - y0;
  let ix = i32(x0);
  let iy = i32(y0);
  for (var c = 0u; c < ${channels}u; c += 1u) { v[c] = 0.0; }
  if (!nothing) {
    add(b, ix, iy, reduced, (1.0 - fx) * (1.0 - fy));
    if (fx > 0.0) { add(b, ix + 1, iy, reduced, fx * (1.0 - fy)); }
    if (fy > 0.0) { add(b, ix, iy + 1, reduced, (1.0 - fx) * fy); }
    if (fx > 0.0 && fy > 0.0) { add(b, ix + 1, iy + 1, reduced, fx * fy); }
  }
  let scale = maps[m + ${AT.scale}u];
  let shift = maps[m + ${AT.shift}u];
  let light = (scale != 1.0 || shift != 0.0) && !nothing;
  var blank = false;${holes > 0 ? hole : ""}
  for (var c = 0u; c < ${channels}u; c += 1u) {
    var value = v[c]${floats ? "" : " / 255.0"};
    if (light) {
      let inner = clamp(value, 1e-7, 1.0 - 1e-7);
      value = 1.0 / (1.0 + exp(scale * log(1.0 / inner - 1.0) - shift));
    }${noises ? noise : ""}
    if (blank) { value = 0.0; }
    y[${channels}u * i + c] = (value - stats[c]) / stats[${channels}u + c];
  }`)}`,
  });
});

export const maskProgram = variants((variant: Variant) =>
  defineProgram({
    name: "AugmentMasks",
    storage: { words: "read u32", maps: "read f32", y: "write i32" },
    uniforms: { ...UNIFORMS, empty: "i32", ignored: "i32" },
    code: `${shared(variant)}
${forEachElement(`${placeWgsl(variant)}
  // WGSL rounds halves to even, as PyTorch does.
  let ix = i32(round(px));
  let iy = i32(round(py));
  var k = -1;
  if (!nothing && ix >= 0 && iy >= 0 && ix < reduced.x && iy < reduced.y) { k = pixel_index(b, ix, iy); }
  var id = u.empty;
  if (k >= 0) { id = i32(value_at(u32(k))); }
  y[i] = select(id, u.empty, id == u.ignored);`)}`,
  }),
);
