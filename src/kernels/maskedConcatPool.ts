// fastai's masked_concat_pool: [B, T, C] → [B, 3C], the last step, then maxima and means over the steps that are no padding.
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";

interface Attrs {
  /** Id that stands for padding. */
  readonly pad: number;
}

const forward = defineProgram({
  name: "MaskedConcatPool",
  storage: { x: "read f32", ids: "read i32", y: "write f32", argmax: "write i32", counts: "write f32" },
  uniforms: { n: "u32", steps: "u32", width: "u32", pad: "i32" },
  code: forEachElement(`  let b = i / u.width;
  let c = i % u.width;
  var best = 0.0;
  var at = -1;
  var sum = 0.0;
  var count = 0.0;
  for (var t = 0u; t < u.steps; t++) {
    if (ids[b * u.steps + t] == u.pad) { continue; }
    let v = x[(b * u.steps + t) * u.width + c];
    if (at < 0 || v > best) { best = v; at = i32(t); }
    sum += v;
    count += 1.0;
  }
  let row = b * 3u * u.width + c;
  y[row] = x[(b * u.steps + u.steps - 1u) * u.width + c];
  y[row + u.width] = best;
  y[row + 2u * u.width] = sum / max(count, 1.0);
  argmax[i] = at;
  if (c == 0u) { counts[b] = max(count, 1.0); }`),
});

const backward = defineProgram({
  name: "MaskedConcatPoolGradient",
  storage: { dy: "read f32", ids: "read i32", argmax: "read i32", counts: "read f32", dx: "write f32" },
  uniforms: { n: "u32", steps: "u32", width: "u32", pad: "i32" },
  code: forEachElement(`  let c = i % u.width;
  let t = (i / u.width) % u.steps;
  let b = i / (u.width * u.steps);
  let row = b * 3u * u.width + c;
  var d = select(0.0, dy[row], t + 1u == u.steps);
  d += select(0.0, dy[row + u.width], argmax[b * u.width + c] == i32(t));
  d += select(dy[row + 2u * u.width] / counts[b], 0.0, ids[b * u.steps + t] == u.pad);
  dx[i] = d;`),
});

const gradientKernel = defineKernel<"dy" | "ids" | "argmax" | "counts", Attrs>({
  name: "GlassMaskedConcatPoolGradient",
  reference({ dy, ids, argmax, counts }, { pad }) {
    const [batch = 0, steps = 0] = ids.shape;
    const width = (dy.shape[1] ?? 0) / 3;
    const data = new Float32Array(batch * steps * width);
    data.forEach((_, i) => {
      const c = i % width;
      const t = Math.floor(i / width) % steps;
      const b = Math.floor(i / (width * steps));
      const given = (part: number): number => dy.data[(b * 3 + part) * width + c] as number;
      const last = t === steps - 1 ? given(0) : 0;
      const highest = argmax.data[b * width + c] === t ? given(1) : 0;
      const mean = ids.data[b * steps + t] === pad ? 0 : given(2) / (counts.data[b] as number);
      data[i] = last + highest + mean;
    });
    return [{ data, shape: [batch, steps, width] }];
  },
  gpu({ dy, ids, argmax, counts }, { pad }, gpu) {
    const [batch = 0, steps = 0] = ids.shape;
    const width = (dy.shape[1] ?? 0) / 3;
    const dx = gpu.make([batch, steps, width]);
    const n = sizeOf(dx);
    gpu.run(backward, {
      tensors: { dy, ids, argmax, counts, dx },
      uniforms: { n, steps, width, pad },
      groups: flatGroups(n),
    });
    return [dx];
  },
});

const poolKernel = defineKernel<"x" | "ids", Attrs>({
  name: "GlassMaskedConcatPool",
  reference({ x, ids }, { pad }) {
    const [batch = 0, steps = 0, width = 0] = x.shape;
    const y = new Float32Array(batch * 3 * width);
    const argmax = new Int32Array(batch * width);
    const counts = new Float32Array(batch);
    argmax.forEach((_, i) => {
      const [b, c] = [Math.floor(i / width), i % width];
      let [best, at, sum, count] = [0, -1, 0, 0];
      for (let t = 0; t < steps; t += 1) {
        if (ids.data[b * steps + t] === pad) continue;
        const v = x.data[(b * steps + t) * width + c] as number;
        if (at < 0 || v > best) [best, at] = [v, t];
        sum += v;
        count += 1;
      }
      y[b * 3 * width + c] = x.data[(b * steps + steps - 1) * width + c] as number;
      y[(b * 3 + 1) * width + c] = best;
      y[(b * 3 + 2) * width + c] = sum / Math.max(count, 1);
      argmax[i] = at;
      counts[b] = Math.max(count, 1);
    });
    return [
      { data: y, shape: [batch, 3 * width] },
      { data: argmax, shape: [batch, width] },
      { data: counts, shape: [batch] },
    ];
  },
  gpu({ x, ids }, { pad }, gpu) {
    const [batch = 0, steps = 0, width = 0] = x.shape;
    const y = gpu.make([batch, 3 * width]);
    const argmax = gpu.make([batch, width], "int32");
    const counts = gpu.make([batch]);
    const n = batch * width;
    gpu.run(forward, {
      tensors: { x, ids, y, argmax, counts },
      uniforms: { n, steps, width, pad },
      groups: flatGroups(n),
    });
    return [y, argmax, counts];
  },
  gradient: {
    saveInputs: ["ids"],
    saveOutputs: [1, 2],
    of: ([dy], [ids, argmax, counts], attrs) => ({
      x: () => gradientKernel({ dy, ids, argmax, counts } as Record<string, Tensor> as never, attrs)[0] as Tensor,
    }),
  },
});

/**
 * x [B, T, C], ids int32 [B, T] → [B, 3C]; a tie's gradient goes to the first maximum. A row of nothing but padding
 * has maxima and means of 0 (fastai: −∞ and no number), because such rows fill up a last batch.
 */
export function maskedConcatPool(x: Tensor3D, ids: Tensor, pad: number): Tensor2D {
  if (ids.dtype !== "int32" || ids.shape.join() !== x.shape.slice(0, 2).join()) {
    throw new Error(`maskedConcatPool: ids ${ids.dtype} [${ids.shape}] for [${x.shape}]`);
  }
  const [y, argmax, counts] = poolKernel({ x, ids }, { pad });
  argmax?.dispose();
  counts?.dispose();
  return y as Tensor2D;
}
