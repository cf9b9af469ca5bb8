// Layouts: every weight lands where PyTorch keeps it, and comes back.
import { describe, expect, it } from "vitest";
import { fromTorch, torchShape, toTorch } from "./layout";

describe("layouts", () => {
  it("a convolution's [kh, kw, in, out] becomes [out, in, kh, kw]", () => {
    const shape = [2, 3, 4, 5]; // kh, kw, in, out
    const value = (h: number, w: number, i: number, o: number) => 1000 * h + 100 * w + 10 * i + o;
    const ours = new Float32Array(120);
    const theirs = new Float32Array(120);
    for (let h = 0; h < 2; h += 1)
      for (let w = 0; w < 3; w += 1)
        for (let i = 0; i < 4; i += 1)
          for (let o = 0; o < 5; o += 1) {
            ours[((h * 3 + w) * 4 + i) * 5 + o] = value(h, w, i, o);
            theirs[((o * 4 + i) * 2 + h) * 3 + w] = value(h, w, i, o);
          }
    expect(torchShape(shape, "conv")).toEqual([5, 4, 2, 3]);
    expect(toTorch(ours, shape, "conv")).toEqual(theirs);
    expect(fromTorch(theirs, shape, "conv")).toEqual(ours);
  });

  it("a linear layer's [in, out] becomes [out, in], and vectors stay", () => {
    const ours = Float32Array.of(1, 2, 3, 4, 5, 6); // [2, 3]
    const theirs = Float32Array.of(1, 4, 2, 5, 3, 6); // [3, 2]
    expect(torchShape([2, 3], "linear")).toEqual([3, 2]);
    expect(toTorch(ours, [2, 3], "linear")).toEqual(theirs);
    expect(fromTorch(theirs, [2, 3], "linear")).toEqual(ours);
    expect(toTorch(ours, [6], "vector")).toBe(ours);
  });
});
