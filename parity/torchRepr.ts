// Layers in the words PyTorch prints for them.
import { batchNormDefaults } from "../src/kernels/batchNorm";
import { BatchNorm } from "../src/nn/layers/batchNorm";
import { Dropout } from "../src/nn/layers/dropout";
import { Linear } from "../src/nn/layers/linear";
import type { Module } from "../src/nn/module";

/** A number as Python prints a float. */
function float(value: number): string {
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential().replace(/e-(\d)$/, "e-0$1");
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

const fixed: Readonly<Record<string, string>> = {
  AdaptiveConcatPool2d:
    "AdaptiveConcatPool2d(\n  (ap): AdaptiveAvgPool2d(output_size=1)\n  (mp): AdaptiveMaxPool2d(output_size=1)\n)",
  Flatten: "Flatten()",
  ReLU: "ReLU(inplace=True)",
};

/** `repr(layer)` of the PyTorch layer that a layer of ours stands for. */
export function torchRepr(layer: Module): string {
  if (layer instanceof Linear) {
    const [inputs, outputs] = layer.weight.tensor.shape;
    return `Linear(in_features=${inputs}, out_features=${outputs}, bias=True)`;
  }
  if (layer instanceof BatchNorm) {
    const numbers = `${layer.weight.size}, eps=${float(batchNormDefaults.eps)}, momentum=${float(layer.momentum)}`;
    return `${layer.kind}(${numbers}, affine=True, track_running_stats=True)`;
  }
  if (layer instanceof Dropout) return `Dropout(p=${float(layer.p)}, inplace=False)`;
  return fixed[layer.kind] ?? layer.kind;
}

/** What a printed head asks for: its classes, the widths of its hidden layers, and its last dropout. */
export function headOptions(lines: readonly string[]) {
  const widths = lines.flatMap((line) => /^Linear\(.*out_features=(\d+)/.exec(line)?.[1] ?? []).map(Number);
  const dropouts = lines.flatMap((line) => /^Dropout\(p=([\d.e-]+)/.exec(line)?.[1] ?? []).map(Number);
  return { classes: widths.at(-1) ?? 0, lin: widths.slice(0, -1), dropout: dropouts.at(-1) ?? 0 };
}
