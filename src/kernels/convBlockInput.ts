// The data gradient of a convolution, register-blocked: a convolution of dy by the taps of one phase.
import { defineProgram, variants } from "../tensor/program";
import { addProducts, blockEnables, blockMain, clearSums, loadRight, storeRow, sumInChunks } from "./convBlock";
import type { BlockVariant, RightSide } from "./convBlock";
import { convUniforms } from "./convShape";
import { component, phaseWgsl, unroll } from "./convWgsl";

/** dx[b, y, x, n] = Σ_{r, c, k} dy[b, (y + p − r) / s, (x + p − c) / s, k] · w[r, c, n, k] where s divides. */
export const convBlockInput = variants((v: BlockVariant) => {
  const { rows, workgroup, vectorIn, vectorOut } = v;
  const width = vectorOut ? 4 : 1;
  const right: RightSide = {
    steps: vectorOut ? 4 : 1,
    vector: vectorOut ? "depth" : false,
    index: (n) => `(w_row + ${n}) * depth + k`,
  };
  const left = vectorOut ? (i: number, q: number) => `a${i}.${component(q)}` : (i: number) => `a${i}`;
  const element = vectorOut ? "read vec4<f32>" : "read f32";
  return defineProgram({
    name: `conv input block ${rows}x${v.columns}`,
    enable: blockEnables(v),
    storage: { a: element, b: element, out: vectorIn ? "write vec4<f32>" : "write f32" },
    uniforms: convUniforms,
    code: `${phaseWgsl}
${blockMain(
  v,
  `  let phase = phaseOf(i32(group.z));
  let columns = u.inChannels;
  let depth = u.outChannels / ${width};
  let pixels = phase.height * phase.width;
  let total = u.batch * pixels;
${unroll(
  rows,
  (i) => `  let m${i} = (tile * ${rows} + ${i}) * ${workgroup} + local;
  let image${i} = min(m${i}, total - 1) / pixels;
  let p${i} = min(m${i}, total - 1) - image${i} * pixels;
  let py${i} = p${i} / phase.width;
  let px${i} = p${i} - py${i} * phase.width;
  let y${i} = py${i} + (phase.y + u.padTop) / u.strideHeight;
  let x${i} = px${i} + (phase.x + u.padLeft) / u.strideWidth;
  let base${i} = image${i} * u.outHeight;`,
)}
${clearSums(v)}
  for (var r = 0; r < phase.rows; r += 1) {
    for (var c = 0; c < phase.columns; c += 1) {
      let w_row = ((phase.firstRow + r * u.strideHeight) * u.kernelWidth + phase.firstColumn + c * u.strideWidth) * columns;
${unroll(
  rows,
  (i) => `      let ok${i} = y${i} - r >= 0 && y${i} - r < u.outHeight && x${i} - c >= 0 && x${i} - c < u.outWidth;
      let at${i} = select(0, ((base${i} + y${i} - r) * u.outWidth + x${i} - c) * depth, ok${i});`,
)}
${sumInChunks(
  v,
  { name: "k", begin: "0", end: "depth", step: 1 },
  `${unroll(rows, (i) => `        let a${i} = select(${vectorOut ? "vec4<f32>()" : "0.0"}, a[at${i} + k], ok${i});`)}
${loadRight(v, right)}
${addProducts(v, right.steps, left)}`,
)}
    }
  }
${unroll(
  rows,
  (i) => `  if (m${i} < total) {
    let at = ((image${i} * u.inHeight + py${i} * u.strideHeight + phase.y) * u.inWidth + px${i} * u.strideWidth + phase.x) * columns;
${storeRow(v, i, vectorIn)}
  }`,
)}`,
)}`,
  });
});
