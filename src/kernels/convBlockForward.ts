// The forward pass of a convolution, register-blocked: one invocation makes some pixels' sums for some channels.
import { defineProgram, variants } from "../tensor/program";
import { addProducts, blockEnables, blockMain, clearSums, loadRight, storeRow, sumInChunks } from "./convBlock";
import type { BlockVariant, RightSide } from "./convBlock";
import { convUniforms } from "./convShape";
import { component, unroll } from "./convWgsl";

/** y[b, oy, ox, n] = Σ_{r, c, k} x[b, oy·s − p + r, ox·s − p + c, k] · w[r, c, k, n]. */
export const convBlockForward = variants((v: BlockVariant) => {
  const { rows, workgroup, lanes, vectorIn, vectorOut } = v;
  // One lane fetches a vector of columns only when there are four depths to share out among the lanes.
  const columnVectors = vectorOut && (lanes === 0 || vectorIn);
  const right: RightSide = {
    steps: vectorIn ? 4 : 1,
    vector: columnVectors ? "columns" : false,
    index: (n, q) => `((w_row + ${q}) * columns + ${n})${columnVectors ? " / 4" : ""}`,
  };
  const width = vectorIn ? 4 : 1;
  const left = vectorIn ? (i: number, q: number) => `a${i}.${component(q)}` : (i: number) => `a${i}`;
  return defineProgram({
    name: `conv forward block ${rows}x${v.columns}`,
    enable: blockEnables(v),
    storage: {
      a: vectorIn ? "read vec4<f32>" : "read f32",
      b: columnVectors ? "read vec4<f32>" : "read f32",
      out: vectorOut ? "write vec4<f32>" : "write f32",
    },
    uniforms: convUniforms,
    code: blockMain(
      v,
      `  let columns = u.outChannels;
  let pixels = u.outHeight * u.outWidth;
  let total = u.batch * pixels;
${unroll(
  rows,
  (i) => `  let m${i} = (tile * ${rows} + ${i}) * ${workgroup} + local;
  let image${i} = min(m${i}, total - 1) / pixels;
  let p${i} = min(m${i}, total - 1) - image${i} * pixels;
  let oy${i} = p${i} / u.outWidth;
  let y${i} = oy${i} * u.strideHeight - u.padTop;
  let x${i} = (p${i} - oy${i} * u.outWidth) * u.strideWidth - u.padLeft;
  let base${i} = image${i} * u.inHeight;`,
)}
${clearSums(v)}
  var w_row = 0;
  for (var r = 0; r < u.kernelHeight; r += 1) {
    for (var c = 0; c < u.kernelWidth; c += 1) {
${unroll(
  rows,
  (i) => `      let ok${i} = y${i} + r >= 0 && y${i} + r < u.inHeight && x${i} + c >= 0 && x${i} + c < u.inWidth;
      let at${i} = select(0, ((base${i} + y${i} + r) * u.inWidth + x${i} + c) * (u.inChannels / ${width}), ok${i});`,
)}
${sumInChunks(
  v,
  { name: "k", begin: "0", end: `u.inChannels / ${width}`, step: 1 },
  `${unroll(rows, (i) => `        let a${i} = select(${vectorIn ? "vec4<f32>()" : "0.0"}, a[at${i} + k], ok${i});`)}
${loadRight(v, right)}
${addProducts(v, right.steps, left)}
        w_row += ${width};`,
)}
    }
  }
${unroll(rows, (i) => `  if (m${i} < total) { let at = m${i} * columns; ${storeRow(v, i, vectorOut)} }`)}`,
    ),
  });
});
