// The weight gradient of a convolution, register-blocked: an invocation sums some weights over a part of the pixels.
import { defineProgram, variants } from "../tensor/program";
import { addProducts, blockEnables, blockMain, clearSums, loadRight, storeRow, sumInChunks } from "./convBlock";
import type { BlockVariant, RightSide } from "./convBlock";
import { convUniforms } from "./convShape";
import { component, unroll } from "./convWgsl";

/**
 * dw[r, c, k, n] = Σ_{b, oy, ox} x[b, oy·s − p + r, ox·s − p + c, k] · dy[b, oy, ox, n], over the pixels of part z.
 * `rows` is 4: with vectors, four neighbouring channels k.
 */
export const convBlockFilter = variants((v: BlockVariant) => {
  const { rows, workgroup, lanes, vectorIn, vectorOut } = v;
  // With vectors, one load gives four rows.
  const loads = vectorIn ? rows / 4 : rows;
  const perLoad = vectorIn ? 4 : 1;
  // Four pixels at a time, but one where each brings four scalar loads: an emulator compiles sixteen for minutes.
  const steps = vectorIn ? 4 : 1;
  const columnVectors = vectorOut && (lanes === 0 || vectorIn);
  const right: RightSide = {
    steps,
    vector: columnVectors ? "columns" : false,
    index: (n, q) => `(min(pixel + ${q}, end - 1) * columns + ${n})${columnVectors ? " / 4" : ""}`,
  };
  const left = vectorIn
    ? (i: number, q: number) => `a${q}_${i >> 2}.${component(i & 3)}`
    : (i: number, q: number) => `a${q}_${i}`;
  return defineProgram({
    name: `conv filter block ${rows}x${v.columns}`,
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
  let part = i32(group.z);
  let total = u.kernelHeight * u.kernelWidth * u.inChannels;
  let begin = part * u.partDepth;
  let end = min(begin + u.partDepth, u.batch * u.outHeight * u.outWidth);
${unroll(
  loads,
  (i) => `  let m${i} = ((tile * ${loads} + ${i}) * ${workgroup} + local) * ${perLoad};
  let tap${i} = min(m${i}, total - ${perLoad}) / u.inChannels;
  let channel${i} = (min(m${i}, total - ${perLoad}) - tap${i} * u.inChannels) / ${perLoad};
  let r${i} = tap${i} / u.kernelWidth;
  let y${i} = r${i} - u.padTop;
  let x${i} = tap${i} - r${i} * u.kernelWidth - u.padLeft;`,
)}
${clearSums(v)}
  var image = begin / (u.outHeight * u.outWidth);
  var oy = (begin - image * u.outHeight * u.outWidth) / u.outWidth;
  var ox = begin - (image * u.outHeight + oy) * u.outWidth;
${sumInChunks(
  v,
  { name: "pixel", begin: "begin", end: "end", step: steps },
  `${unroll(
    steps,
    (q) => `${unroll(
      loads,
      (i) => `    let yy${q}_${i} = oy * u.strideHeight + y${i};
    let xx${q}_${i} = ox * u.strideWidth + x${i};
    let ok${q}_${i} = pixel + ${q} < end && yy${q}_${i} >= 0 && yy${q}_${i} < u.inHeight && xx${q}_${i} >= 0 && xx${q}_${i} < u.inWidth;
    let at${q}_${i} = ((image * u.inHeight + yy${q}_${i}) * u.inWidth + xx${q}_${i}) * (u.inChannels / ${perLoad}) + channel${i};
    let a${q}_${i} = select(${vectorIn ? "vec4<f32>()" : "0.0"}, a[select(0, at${q}_${i}, ok${q}_${i})], ok${q}_${i});`,
    )}
    ox += 1;
    oy += select(0, 1, ox == u.outWidth);
    ox = select(ox, 0, ox == u.outWidth);
    image += select(0, 1, oy == u.outHeight);
    oy = select(oy, 0, oy == u.outHeight);`,
  )}
${loadRight(v, right)}
${addProducts(v, steps, left)}`,
)}
${unroll(rows, (i) => {
  const [load, offset] = vectorIn ? [i >> 2, i & 3] : [i, 0];
  return `  if (m${load} < total) { let at = (part * total + m${load} + ${offset}) * columns; ${storeRow(v, i, vectorOut)} }`;
})}`,
    ),
  });
});
