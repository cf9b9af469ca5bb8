// The LSTM over a sequence in plain loops: the definition of the kernel, forward and back.
import type { HostArray } from "../tensor/kernel";

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** [B, T, 4H], [H, 4H], [4H], [B, H], [B, H] → outputs and cells [B, T, H], gates [B, T, 4H], last output and cell [B, H]. */
export function lstmReference(inputs: Readonly<Record<"xg" | "whh" | "bias" | "h0" | "c0", HostArray>>): HostArray[] {
  const { xg, whh, bias, h0, c0 } = inputs;
  const [batch = 0, steps = 0, width = 0] = xg.shape;
  const hidden = width / 4;
  const y = new Float32Array(batch * steps * hidden);
  const c = new Float32Array(batch * steps * hidden);
  const gates = new Float32Array(batch * steps * width);
  const [hT, cT] = [Float32Array.from(h0.data), Float32Array.from(c0.data)];
  const sums = new Float64Array(width);
  for (let b = 0; b < batch; b += 1) {
    for (let t = 0; t < steps; t += 1) {
      const at = b * steps + t;
      for (let j = 0; j < width; j += 1) sums[j] = (xg.data[at * width + j] as number) + (bias.data[j] as number);
      for (let k = 0; k < hidden; k += 1) {
        const h = hT[b * hidden + k] as number;
        for (let j = 0; j < width; j += 1) (sums[j] as number) += h * (whh.data[k * width + j] as number);
      }
      for (let k = 0; k < hidden; k += 1) {
        const i = sigmoid(sums[k] as number);
        const f = sigmoid(sums[k + hidden] as number);
        const g = Math.tanh(sums[k + 2 * hidden] as number);
        const o = sigmoid(sums[k + 3 * hidden] as number);
        [i, f, g, o].forEach((gate, n) => (gates[at * width + n * hidden + k] = gate));
        const cell = f * (cT[b * hidden + k] as number) + i * g;
        c[at * hidden + k] = cT[b * hidden + k] = cell;
        y[at * hidden + k] = o * Math.tanh(cell);
      }
      hT.set(y.subarray(at * hidden, (at + 1) * hidden), b * hidden);
    }
  }
  const sequence = [batch, steps, hidden];
  return [
    { data: y, shape: sequence },
    { data: c, shape: sequence },
    { data: gates, shape: xg.shape },
    { data: hT, shape: h0.shape },
    { data: cT, shape: c0.shape },
  ];
}

/** Gradient of the gates before their activation, [B, T, 4H]. */
export function lstmGradientReference(
  inputs: Readonly<Record<"dy" | "whh" | "gates" | "c" | "c0", HostArray>>,
): HostArray[] {
  const { dy, whh, gates, c, c0 } = inputs;
  const [batch = 0, steps = 0, hidden = 0] = dy.shape;
  const width = 4 * hidden;
  const dgates = new Float32Array(batch * steps * width);
  for (let b = 0; b < batch; b += 1) {
    const carry = new Float32Array(hidden);
    for (let t = steps - 1; t >= 0; t -= 1) {
      const at = b * steps + t;
      for (let k = 0; k < hidden; k += 1) {
        let d = dy.data[at * hidden + k] as number;
        if (t + 1 < steps) {
          for (let j = 0; j < width; j += 1) {
            d += (dgates[(at + 1) * width + j] as number) * (whh.data[k * width + j] as number);
          }
        }
        const gate = (n: number): number => gates.data[at * width + n * hidden + k] as number;
        const [i, f, g, o] = [gate(0), gate(1), gate(2), gate(3)];
        const squashed = Math.tanh(c.data[at * hidden + k] as number);
        const before = (t === 0 ? c0.data[b * hidden + k] : c.data[(at - 1) * hidden + k]) as number;
        const dc = d * o * (1 - squashed * squashed) + (carry[k] as number);
        dgates[at * width + k] = dc * g * i * (1 - i);
        dgates[at * width + hidden + k] = dc * before * f * (1 - f);
        dgates[at * width + 2 * hidden + k] = dc * i * (1 - g * g);
        dgates[at * width + 3 * hidden + k] = d * squashed * o * (1 - o);
        carry[k] = dc * f;
      }
    }
  }
  return [{ data: dgates, shape: [batch, steps, width] }];
}
