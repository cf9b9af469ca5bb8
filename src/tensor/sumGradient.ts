// Gradients of Sum and Mean that broadcast on the device; the stock ones build `ones` on the host and upload them.
import {
  broadcastTo,
  Mean,
  mul,
  registerGradient,
  reshape,
  Sum,
  unregisterGradient,
  util,
} from "@tensorflow/tfjs-core";
import type { NamedAttrMap, Tensor } from "@tensorflow/tfjs-core";

function gradientOf(kernelName: string, scaleOf: (reduced: number) => number): void {
  unregisterGradient(kernelName);
  registerGradient({
    kernelName,
    inputsToSave: ["x"],
    gradFunc: (dy, saved: Tensor[], attrs: NamedAttrMap) => {
      const x = saved[0] as Tensor;
      const axes = util.parseAxisParam((attrs["axis"] ?? x.shape.map((_, i) => i)) as number[], x.shape);
      const expanded = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const reduced = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1);
      return {
        x: () => {
          const scale = scaleOf(reduced);
          // Scaled before it is spread: the product then costs the small size, not the large one.
          const small = scale === 1 ? (dy as Tensor) : mul(dy as Tensor, scale);
          return broadcastTo(reshape(small, expanded), x.shape);
        },
      };
    },
  });
}

let done = false;

/** d sum(x)/dx = dy spread over x; d mean(x)/dx = dy / n spread over x. Replaces the stock gradients once. */
export function fixSumAndMeanGradients(): void {
  if (done) return;
  done = true;
  gradientOf(Sum, () => 1);
  gradientOf(Mean, (reduced) => 1 / reduced);
}
