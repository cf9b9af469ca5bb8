// Convolution passes as implicit matrix products over tiles in workgroup memory: the variant for real GPUs.
//
// A workgroup of 8 × 8 invocations makes a tile×tile block of C; each holds (tile / 8)² sums in registers. The depth
// goes by in steps of 1024 / tile: every invocation loads four vectors of A and of B (pixels, taps and padding are
// found by their index: nothing is copied out first), and stores them with rows (columns) innermost.
import { defineProgram, variants } from "../tensor/program";
import { convUniforms } from "./convShape";
import { tiledOperands } from "./convTiledOperands";
import type { Operand, TiledVariant } from "./convTiledOperands";
import { component, list, unroll } from "./convWgsl";

/** Vectors along the depth are loaded four rows at a time and turned; everything else comes as a vector of rows. */
const turned = ({ contiguous, vector }: Operand) => contiguous === "depth" && vector;

/** WGSL before the loop over the depth: which rows of the operand this invocation loads, and where they lie. */
function prepare(name: string, operand: Operand, tile: number): string {
  const size = turned(operand) ? 256 / tile : tile / 4;
  const [row, depth] = turned(operand) ? ["/", "%"] : ["%", "/"];
  const places = operand.contiguous === "rows" && operand.vector ? 1 : 4;
  return `  let ${name}_row = local ${row} ${size};
  let ${name}_depth = local ${depth} ${size};
${unroll(places, (i) => `  let ${name}_at${i} = ${name}_locate(${name}_first + ${name}_row * 4 + ${i});`)}`;
}

/** WGSL that brings the next step of the depth into `name_tile`, rows innermost. */
function load(name: string, operand: Operand, tile: number): string {
  const width = tile / 4;
  if (turned(operand)) {
    const column = (q: number) => list(4, (i) => `${name}_v${i}.${component(q)}`);
    const at = (q: number) => `(${name}_depth * 4 + ${q}) * ${width} + ${name}_row`;
    return `${unroll(4, (i) => `    let ${name}_v${i} = ${name}_load(${name}_at${i}, k + ${name}_depth * 4, end);`)}
${unroll(4, (q) => `    ${name}_tile[${at(q)}] = vec4<f32>(${column(q)});`)}`;
  }
  const one = (i: number) => `${name}_load(${name}_at${i}, k + i, end)`;
  // A loop, not unrolled: an emulator compiles sixteen copies of a scalar load for minutes.
  return `    for (var i = ${name}_depth; i < ${1024 / tile}; i += ${256 / tile}) {
      ${name}_tile[i * ${width} + ${name}_row] = ${operand.vector ? one(0) : `vec4<f32>(${list(4, one)})`};
    }`;
}

/** One pass of a convolution; x-groups are row tiles, y-groups column tiles, z-groups phases or parts of the depth. */
export const convTiled = variants((variant: TiledVariant) => {
  const { pass, tile } = variant;
  const { a, b, outVector, functions, begin, store } = tiledOperands(variant);
  const groups = tile / 32;
  const width = tile / 4;
  const storeRow = (g: number, i: number, h: number) => {
    const sum = `c${g * 4 + i}_${h}`;
    const column = `column + ${h * 32}`;
    if (outVector) return `if (${column} < columns) { out[(at + ${column}) / 4] = ${sum}; }`;
    return unroll(4, (j) => `if (${column} + ${j} < columns) { out[at + ${column} + ${j}] = ${sum}.${component(j)}; }`);
  };
  return defineProgram({
    name: `conv ${pass} tiled ${tile}${a.vector ? " a4" : ""}${b.vector ? " b4" : ""}`,
    storage: {
      a: a.vector ? "read vec4<f32>" : "read f32",
      b: b.vector ? "read vec4<f32>" : "read f32",
      out: outVector ? "write vec4<f32>" : "write f32",
    },
    uniforms: convUniforms,
    code: `
var<workgroup> a_tile : array<vec4<f32>, 256>;
var<workgroup> b_tile : array<vec4<f32>, 256>;
${functions}
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) index : u32, @builtin(workgroup_id) group : vec3<u32>) {
  let local = i32(index);
  let z = i32(group.z);
${begin}
  let a_first = (i32(group.x) + u.firstGroup) * ${tile};
  let b_first = i32(group.y) * ${tile};
  let tx = local % 8;
  let ty = local / 8;
${prepare("a", a, tile)}
${prepare("b", b, tile)}
${unroll(groups * 4, (i) => unroll(groups, (h) => `  var c${i}_${h} = vec4<f32>();`))}
  for (var k = start; k < end; k += ${1024 / tile}) {
${load("a", a, tile)}
${load("b", b, tile)}
    workgroupBarrier();
    for (var i = 0; i < ${1024 / tile}; i += 1) {
${unroll(groups, (g) => `      let a${g} = a_tile[i * ${width} + ty + ${g * 8}];`)}
${unroll(groups, (h) => `      let b${h} = b_tile[i * ${width} + tx + ${h * 8}];`)}
${unroll(groups * 4, (i) => unroll(groups, (h) => `      c${i}_${h} += a${i >> 2}.${component(i & 3)} * b${h};`))}
    }
    workgroupBarrier();
  }
  let column = b_first + tx * 4;
${unroll(groups, (g) =>
  unroll(
    4,
    (i) => `  {
    let row = a_first + (ty + ${g * 8}) * 4 + ${i};
    if (row < rows) {
      let at = ${store};
${unroll(groups, (h) => storeRow(g, i, h))}
    }
  }`,
  ),
)}
}`,
  });
});
