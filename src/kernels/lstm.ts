// An LSTM over a whole sequence (Hochreiter and Schmidhuber 1997), PyTorch's gates i, f, g, o: one dispatch a step each way.
import { matMul, reshape, sum } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor2D, Tensor3D, TensorInfo } from "@tensorflow/tfjs-core";
import { isEmulated } from "../tensor/emulated";
import { defineKernel, sizeOf } from "../tensor/kernel";
import type { Gpu } from "../tensor/kernel";
import { defineProgram, flatGroups, forEachElement } from "../tensor/program";
import "./columnSum";
import { lstmBackward, lstmForward, tileRows, tileUnits } from "./lstmPrograms";
import { lstmGradientReference, lstmReference } from "./lstmReference";
import "./matMul";

export interface LstmInputs {
  /** x · W_ih, [B, T, 4H]. */
  readonly xg: Tensor3D;
  /** [H, 4H]: PyTorch's weight_hh, transposed. */
  readonly whh: Tensor2D;
  /** [4H], PyTorch's two biases added up. */
  readonly bias: Tensor;
  /** State before the first step, [B, H]; no gradient flows into it. */
  readonly h0: Tensor2D;
  readonly c0: Tensor2D;
}

export interface LstmOutputs {
  /** Outputs of every step, [B, T, H]; the only differentiable ones. */
  readonly y: Tensor3D;
  /** State after the last step, [B, H]. */
  readonly h: Tensor2D;
  readonly c: Tensor2D;
}

const lastStep = defineProgram({
  name: "LstmLastStep",
  storage: { y: "read f32", c: "read f32", hT: "write f32", cT: "write f32" },
  uniforms: { n: "u32", steps: "u32", hidden: "u32" },
  code: forEachElement(`  let at = ((i / u.hidden) * u.steps + u.steps - 1u) * u.hidden + i % u.hidden;
  hT[i] = y[at];
  cT[i] = c[at];`),
});

const shift = defineProgram({
  name: "LstmShift",
  storage: { y: "read f32", h0: "read f32", out: "write f32" },
  uniforms: { n: "u32", steps: "u32", hidden: "u32" },
  code: forEachElement(`  let t = (i / u.hidden) % u.steps;
  if (t > 0u) { out[i] = y[i - u.hidden]; }
  else { out[i] = h0[(i / (u.hidden * u.steps)) * u.hidden + i % u.hidden]; }`),
});

const groupsFor = (batch: number, hidden: number): [number, number] => [
  Math.ceil(hidden / tileUnits),
  Math.ceil(batch / tileRows),
];

/** h(t−1) at every t, [B, T, H]: what the recurrent weights were multiplied with. */
const previousOutputs = defineKernel<"y" | "h0", object>({
  name: "GlassLstmPreviousOutputs",
  reference({ y, h0 }) {
    const [, steps = 1, hidden = 1] = y.shape;
    const data = Float32Array.from(y.data, (_, i) => {
      const t = Math.floor(i / hidden) % steps;
      const first = Math.floor(i / (hidden * steps)) * hidden + (i % hidden);
      return (t > 0 ? y.data[i - hidden] : h0.data[first]) as number;
    });
    return [{ data, shape: y.shape }];
  },
  gpu({ y, h0 }, _, gpu) {
    const [, steps = 1, hidden = 1] = y.shape;
    const out = gpu.make(y.shape);
    const n = sizeOf(y);
    gpu.run(shift, { tensors: { y, h0, out }, uniforms: { n, steps, hidden }, groups: flatGroups(n) });
    return [out];
  },
});

const gradientKernel = defineKernel<"dy" | "whh" | "gates" | "c" | "c0", object>({
  name: "GlassLstmGradient",
  reference: lstmGradientReference,
  gpu({ dy, whh, gates, c, c0 }, _, gpu) {
    const [batch = 0, steps = 0, hidden = 0] = dy.shape;
    const dgates = gpu.make([batch, steps, 4 * hidden]);
    const carry = gpu.temporary([batch, hidden]);
    const program = lstmBackward({ tiled: !isEmulated(gpu) });
    for (let t = steps - 1; t >= 0; t -= 1) {
      const tensors = { dy, whh, gates, c, c0, dgates, carry };
      gpu.run(program, { tensors, uniforms: { batch, steps, hidden, t }, groups: groupsFor(batch, hidden) });
    }
    return [dgates];
  },
});

function forwardOnGpu(inputs: Readonly<Record<keyof LstmInputs, TensorInfo>>, gpu: Gpu): TensorInfo[] {
  const { xg, whh, bias, h0, c0 } = inputs;
  const [batch = 0, steps = 0, width = 0] = xg.shape;
  const hidden = width / 4;
  const sequence = [batch, steps, hidden];
  const [y, c, gates] = [gpu.make(sequence), gpu.make(sequence), gpu.make(xg.shape)];
  const [hT, cT] = [gpu.make([batch, hidden]), gpu.make([batch, hidden])];
  const program = lstmForward({ tiled: !isEmulated(gpu) });
  for (let t = 0; t < steps; t += 1) {
    const tensors = { xg, whh, bias, h0, c0, y, c, gates };
    gpu.run(program, { tensors, uniforms: { batch, steps, hidden, t }, groups: groupsFor(batch, hidden) });
  }
  const n = batch * hidden;
  gpu.run(lastStep, { tensors: { y, c, hT, cT }, uniforms: { n, steps, hidden }, groups: flatGroups(n) });
  return [y, c, gates, hT, cT];
}

const lstmKernel = defineKernel<keyof LstmInputs, object>({
  name: "GlassLstm",
  reference: lstmReference,
  gpu: (inputs, _, gpu) => forwardOnGpu(inputs, gpu),
  gradient: {
    saveInputs: ["whh", "h0", "c0"],
    saveOutputs: [0, 1, 2],
    of([dy], saved) {
      const [whh, h0, c0, y, c, gates] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];
      const dgates = gradientKernel({ dy: dy as Tensor, whh, gates, c, c0 }, {})[0] as Tensor3D;
      const [batch, steps, width] = dgates.shape;
      const rows = batch * steps;
      return {
        xg: () => dgates,
        whh: () => {
          const before = reshape(previousOutputs({ y, h0 }, {})[0] as Tensor, [rows, width / 4]);
          return matMul(before, reshape(dgates, [rows, width]), true, false);
        },
        bias: () => sum(reshape(dgates, [rows, width]), 0),
      };
    },
  },
});

/**
 * i, f, g, o = σ, σ, tanh, σ of x·W + h·U + b; c ← f·c + i·g; h ← o·tanh(c), over T steps.
 * T dispatches forward and T back, and three for the weights' gradients.
 */
export function lstm(inputs: LstmInputs): LstmOutputs {
  const [batch, steps, width] = inputs.xg.shape;
  const hidden = width / 4;
  const fits =
    inputs.whh.shape.join() === `${hidden},${width}` &&
    inputs.bias.size === width &&
    inputs.h0.shape.join() === `${batch},${hidden}` &&
    inputs.c0.shape.join() === `${batch},${hidden}`;
  if (!fits || steps === 0) {
    const shapes = Object.entries(inputs).map(([name, { shape }]) => `${name} [${shape as number[]}]`);
    throw new Error(`lstm: ${shapes.join(", ")} do not go together`);
  }
  const [y, c, gates, hT, cT] = lstmKernel({ ...inputs }, {}) as [Tensor3D, Tensor, Tensor, Tensor2D, Tensor2D];
  c.dispose();
  gates.dispose();
  return { y, h: hT, c: cT };
}
