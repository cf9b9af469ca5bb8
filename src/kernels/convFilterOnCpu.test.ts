// The processor's weight gradient equals tfjs's own, whatever the stride, the padding and the sizes.
import { Conv2DBackpropFilter, backend, getKernel } from "@tensorflow/tfjs-core";
import type { KernelFunc, Tensor, TensorInfo } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { relativeError } from "../tensor/compareBackends";
import { randomNormal } from "../tensor/random";
import { activeCpu } from "../tensor/backend";
import { openCpu } from "../testing/cpuDevice";
import { stockConvFilterOnCpu } from "./convFilterOnCpu";
import { convShapeOf } from "./convShape";

beforeAll(() => openCpu());

const valuesOf = ({ dataId }: TensorInfo) => activeCpu()?.data.get(dataId).values ?? new Float32Array();

describe("convFilterOnCpu", () => {
  it.each([
    { x: [2, 7, 9, 3], filter: [3, 3, 3, 5], strides: 1, pad: "same" },
    { x: [2, 7, 9, 3], filter: [3, 3, 3, 5], strides: 2, pad: 1 },
    { x: [1, 8, 8, 4], filter: [1, 1, 4, 6], strides: [2, 1], pad: "valid" },
    { x: [3, 9, 6, 2], filter: [5, 2, 2, 3], strides: [1, 2], pad: "same" },
    { x: [1, 6, 6, 1], filter: [7, 7, 1, 4], strides: 2, pad: 3 },
  ] as const)("%j", ({ x: xShape, filter, strides, pad }) => {
    const attrs = { strides, pad, dataFormat: "NHWC", dimRoundingMode: "floor", filterShape: [...filter] };
    const shape = convShapeOf(xShape, filter, { ...attrs, strides, dataFormat: "NHWC", dimRoundingMode: "floor" } as Parameters<typeof convShapeOf>[2]); // prettier-ignore
    if (!shape) throw new Error("covered");
    const x = randomNormal(xShape, { seed: 1 });
    const dy: Tensor = randomNormal([shape.batch, shape.outHeight, shape.outWidth, shape.outChannels], { seed: 2 });
    const params = { inputs: { x, dy }, attrs, backend: backend() } as unknown as Parameters<KernelFunc>[0];
    const ours = getKernel(Conv2DBackpropFilter, "cpu").kernelFunc(params) as TensorInfo;
    const stock = stockConvFilterOnCpu(params) as TensorInfo;
    expect(ours.shape).toEqual([...filter]);
    // Both add in double precision, in different orders, and round once.
    expect(relativeError(valuesOf(ours), valuesOf(stock))).toBeLessThan(1e-6);
  });
});
