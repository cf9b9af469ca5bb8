// Runs one pass of a convolution on the GPU: picks the program for the device, makes the output, records the dispatches.
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { GpuBackend } from "../tensor/backend";
import { dispatch, makeOutput } from "../tensor/dispatch";
import { isEmulated } from "../tensor/emulated";
import type { Program } from "../tensor/program";
import { convBlockFilter } from "./convBlockFilter";
import { convBlockForward } from "./convBlockForward";
import { convBlockInput } from "./convBlockInput";
import { planConv } from "./convPlan";
import type { ConvStyle, ConvVariant } from "./convPlan";
import { convReduce } from "./convReduce";
import { convTiled } from "./convTiled";
import type { ConvPass, ConvShape, ConvUniform } from "./convShape";

const blockPrograms = { forward: convBlockForward, input: convBlockInput, filter: convBlockFilter };

function programOf(pass: ConvPass, variant: ConvVariant): Program<"a" | "b" | "out", ConvUniform> {
  return variant.kind === "tiled" ? convTiled(variant.of) : blockPrograms[pass](variant.of);
}

let forced: ConvStyle | null = null;

/** For tests and benchmarks: every later convolution runs in this style; null: what fits the device. */
export function forceConvStyle(style: ConvStyle | null): void {
  forced = style;
}

const styles = new WeakMap<GPUDevice, ConvStyle>();

/** Emulators want registers and no barriers, GPUs tiles; columns are broadcast where all subgroups are eight lanes. */
export function convStyleOf(device: GPUDevice): ConvStyle {
  if (forced) return forced;
  let style = styles.get(device);
  if (!style) {
    if (isEmulated({ device })) {
      const { subgroupMinSize, subgroupMaxSize } = device.adapterInfo;
      const eight = device.features.has("subgroups") && subgroupMinSize === 8 && subgroupMaxSize === 8;
      style = { kind: "block", lanes: eight ? 8 : 0 };
    } else style = { kind: "tiled", lanes: 0 };
    styles.set(device, style);
  }
  return style;
}

/** Elements that are read beyond an empty dimension would be someone else's: such passes are zeros. */
function isEmpty(shape: ConvShape): boolean {
  return Object.entries(shape).some(([key, size]) => !key.startsWith("pad") && size === 0);
}

/** Records a pass: forward (x, w), input (dy, w) or filter (x, dy) into a new tensor of `outShape`. */
export function runConv(
  gpu: GpuBackend,
  pass: ConvPass,
  shape: ConvShape,
  operands: { readonly a: TensorInfo; readonly b: TensorInfo },
  outShape: readonly number[],
): TensorInfo {
  const out = makeOutput(gpu, outShape);
  const plan = planConv(pass, shape, convStyleOf(gpu.device));
  const program = programOf(pass, plan.variant);
  const size = outShape.reduce((product, n) => product * n, 1);
  const target = plan.parts > 1 ? makeOutput(gpu, [plan.parts, size]) : out;
  for (const { first, count } of plan.slices) {
    dispatch(gpu, program, {
      tensors: { ...operands, out: target },
      uniforms: { ...shape, firstGroup: first, partDepth: plan.partDepth },
      groups: [count, plan.columnGroups, plan.zGroups],
    });
  }
  if (target !== out) {
    const { program: reduce, uniforms, groups } = convReduce(size, plan.parts);
    dispatch(gpu, reduce, { tensors: { parts: target, out }, uniforms, groups });
    gpu.disposeData(target.dataId);
  }
  return out;
}

/** Whether a pass has anything to compute; the stock kernel handles what has not. */
export function covers(shape: ConvShape | null): shape is ConvShape {
  return shape !== null && !isEmpty(shape);
}
