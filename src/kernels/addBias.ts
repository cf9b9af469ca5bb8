// x + bias over the last axis with a ReLU fused in; backward, the bias is summed in the pass that masks the gradient.
import type { Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { HostArray } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement, variants } from "../tensor/program";
import { elementOf, lanesOf } from "./relu";

interface Attrs {
  readonly relu: boolean;
}

interface Variant extends Attrs {
  readonly lanes: 1 | 4;
}

const forward = variants(({ lanes, relu }: Variant) => {
  const e = elementOf(lanes);
  const sum = "x[i] + bias[i % u.width]";
  return defineProgram({
    name: relu ? "AddBiasRelu" : "AddBias",
    storage: { x: `read ${e}`, bias: `read ${e}`, y: `write ${e}` },
    uniforms: { n: "u32", width: "u32" },
    code: forEachElement(`  y[i] = ${relu ? `max(${sum}, ${e}(0.0))` : sum};`),
  });
});

/** A thread walks every `parts`-th row of one column; neighbours read neighbouring values. */
const backward = variants(({ lanes, relu }: Variant) => {
  const e = elementOf(lanes);
  const value = relu ? `select(${e}(0.0), dy[at], y[at] > ${e}(0.0))` : "dy[at]";
  return defineProgram({
    name: relu ? "AddBiasReluGradient" : "AddBiasGradient",
    storage: { dy: `read ${e}`, y: `read ${e}`, dx: `write ${e}`, partial: `write ${e}` },
    uniforms: { n: "u32", rows: "u32", width: "u32", parts: "u32" },
    code: forEachElement(`  let column = i % u.width;
  var sum = ${e}(0.0);
  for (var row = i / u.width; row < u.rows; row += u.parts) {
    let at = row * u.width + column;
    let value = ${value};
    sum += value;
${relu ? "    dx[at] = value;" : ""}
  }
  partial[i] = sum;`),
  });
});

const total = defineProgram({
  name: "AddBiasTotal",
  storage: { partial: "read f32", dBias: "write f32" },
  uniforms: { n: "u32", parts: "u32" },
  code: forEachElement(`  var sum = 0.0;
  for (var part = 0u; part < u.parts; part++) { sum += partial[part * u.n + i]; }
  dBias[i] = sum;`),
});

function layoutOf(x: TensorInfo) {
  const channels = x.shape.at(-1) ?? 1;
  const lanes = lanesOf(channels);
  const width = channels / lanes;
  const rows = sizeOf(x) / channels;
  // Enough threads to fill a GPU, but few enough parts that adding them costs little.
  const parts = Math.max(1, Math.min(512, Math.ceil(rows / 4), Math.ceil(32768 / width)));
  return { channels, lanes, width, rows, parts };
}

const masked = (dy: HostArray, y: HostArray, relu: boolean): Float32Array =>
  relu
    ? Float32Array.from(dy.data, (v, i) => ((y.data[i] as number) > 0 ? v : 0))
    : Float32Array.from(dy.data as Float32Array);

const gradientKernel = defineKernel<"dy" | "y", Attrs>({
  name: "GlassAddBiasGradient",
  reference({ dy, y }, { relu }) {
    const dx = masked(dy, y, relu);
    const channels = dy.shape.at(-1) ?? 1;
    const sums = new Float64Array(channels);
    dx.forEach((v, i) => (sums[i % channels] = (sums[i % channels] as number) + v));
    const dBias = { data: Float32Array.from(sums), shape: [channels] };
    return relu ? [dBias, { data: dx, shape: dy.shape }] : [dBias];
  },
  gpu({ dy, y }, { relu }, gpu) {
    const { channels, lanes, width, rows, parts } = layoutOf(dy);
    const partial = gpu.temporary([parts * channels]);
    const dBias = gpu.make([channels]);
    const dx = relu ? gpu.make(dy.shape) : gpu.temporary([4]);
    const n = parts * width;
    gpu.run(backward({ lanes, relu }), {
      tensors: { dy, y, dx, partial },
      uniforms: { n, rows, width, parts },
      groups: flatGroups(n),
    });
    const sums = { tensors: { partial, dBias }, uniforms: { n: channels, parts }, groups: flatGroups(channels) };
    gpu.run(total, sums);
    return relu ? [dBias, dx] : [dBias];
  },
});

// One registered kernel with a ReLU and one without, because only the ReLU has to keep its output.
const kernelOf = variants(({ relu }: Attrs) =>
  defineKernel<"x" | "bias", Attrs>({
    name: relu ? "GlassAddBiasRelu" : "GlassAddBias",
    reference: ({ x, bias }) => {
      const channels = bias.data.length;
      const add = (v: number, i: number) => v + (bias.data[i % channels] as number);
      return [{ data: Float32Array.from(x.data, relu ? (v, i) => Math.max(add(v, i), 0) : add), shape: x.shape }];
    },
    gpu({ x, bias }, _, gpu) {
      const y = gpu.make(x.shape);
      const { lanes, width, rows } = layoutOf(x);
      const n = rows * width;
      gpu.run(forward({ lanes, relu }), {
        tensors: { x, bias, y },
        uniforms: { n, width },
        groups: flatGroups(n),
      });
      return [y];
    },
    gradient: {
      saveInputs: [],
      saveOutputs: relu ? [0] : [],
      of: ([dy], [y]) => {
        const inputs = { dy: dy as Tensor, y: (y ?? dy) as Tensor };
        if (!relu) return { x: () => inputs.dy.clone(), bias: () => gradientKernel(inputs, { relu })[0] as Tensor };
        // Made here, not in a thunk: each thunk runs in a scope that keeps nothing but its own result.
        const [dBias, dx] = gradientKernel(inputs, { relu }) as [Tensor, Tensor];
        return { x: () => dx, bias: () => dBias };
      },
    },
  }),
);

/** x [..., C] + bias [C], then max(…, 0) if asked. */
export function addBias<T extends Tensor>(x: T, bias: Tensor, { relu = false }: Partial<Attrs> = {}): T {
  if (bias.size !== x.shape.at(-1)) throw new Error(`addBias: ${bias.size} values for [${x.shape}]`);
  return kernelOf({ relu })({ x, bias }, { relu })[0] as T;
}
