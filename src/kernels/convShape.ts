// The geometry of a 2-D convolution over NHWC images with HWIO weights, and what its three passes multiply.
import { backend_util } from "@tensorflow/tfjs-core";
import type { UniformType } from "../tensor/program";

export interface ConvShape {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly kernelHeight: number;
  readonly kernelWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** y = x ⊛ w, dx from dy and w, dw from x and dy. */
export type ConvPass = "forward" | "input" | "filter";

/** Sizes of a pass as a matrix product C[rows, columns] = Σ_depth A·B. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** Independent products: one for each offset that the stride gives the rows of the data gradient. */
  readonly phases: number;
}

/** The attributes of tfjs's three convolution kernels. */
export interface ConvAttrs {
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dilations?: number | [number, number];
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

const four = (shape: readonly number[]) => shape as [number, number, number, number];

/** The shape of a convolution, or null for what our kernels do not cover: NCHW and dilation. */
export function convShapeOf(x: readonly number[], filter: readonly number[], attrs: ConvAttrs): ConvShape | null {
  const { strides, pad, dataFormat = "NHWC", dilations = 1, dimRoundingMode } = attrs;
  const dilated = [dilations].flat().some((rate) => rate !== 1);
  if (dataFormat !== "NHWC" || dilated || x.length !== 4 || filter.length !== 4) return null;
  const info = backend_util.computeConv2DInfo(four(x), four(filter), strides, 1, pad, dimRoundingMode, false);
  return {
    batch: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    inChannels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels: info.outChannels,
    kernelHeight: info.filterHeight,
    kernelWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

/** A product of matrices as a 1x1 convolution: [rows, depth] · [depth, columns], one pixel a row. */
export function denseShape(rows: number, depth: number, columns: number): ConvShape {
  return {
    batch: 1,
    inHeight: 1,
    inWidth: rows,
    inChannels: depth,
    outHeight: 1,
    outWidth: rows,
    outChannels: columns,
    kernelHeight: 1,
    kernelWidth: 1,
    strideHeight: 1,
    strideWidth: 1,
    padTop: 0,
    padLeft: 0,
  };
}

/** Rows, columns and depth of a pass; the data gradient's are those of its largest phase. */
export function extentOf(pass: ConvPass, s: ConvShape): Extent {
  const pixels = s.batch * s.outHeight * s.outWidth;
  const taps = s.kernelHeight * s.kernelWidth;
  if (pass === "forward") {
    return { rows: pixels, columns: s.outChannels, depth: taps * s.inChannels, phases: 1 };
  }
  if (pass === "filter") {
    return { rows: taps * s.inChannels, columns: s.outChannels, depth: pixels, phases: 1 };
  }
  return {
    rows: s.batch * Math.ceil(s.inHeight / s.strideHeight) * Math.ceil(s.inWidth / s.strideWidth),
    columns: s.inChannels,
    depth: Math.ceil(s.kernelHeight / s.strideHeight) * Math.ceil(s.kernelWidth / s.strideWidth) * s.outChannels,
    phases: s.strideHeight * s.strideWidth,
  };
}

/** The uniforms of every convolution program. */
export const convUniforms = {
  batch: "i32",
  inHeight: "i32",
  inWidth: "i32",
  inChannels: "i32",
  outHeight: "i32",
  outWidth: "i32",
  outChannels: "i32",
  kernelHeight: "i32",
  kernelWidth: "i32",
  strideHeight: "i32",
  strideWidth: "i32",
  padTop: "i32",
  padLeft: "i32",
  /** The first workgroup of this slice of the rows. */
  firstGroup: "i32",
  /** How much of the depth one workgroup sums: all of it, or a part. */
  partDepth: "i32",
} as const satisfies Record<string, UniformType>;

export type ConvUniform = keyof typeof convUniforms;
