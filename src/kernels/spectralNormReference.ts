// What spectral normalisation is, on the processor: the definition that the WGSL is compared with.
import type { HostArray } from "../tensor/kernel";

export interface SpectralNormAttrs {
  readonly taps: number;
  readonly training: boolean;
}

/** Row (tap, input) of our weights → its place in PyTorch's v (input, tap). */
const placeOf = (row: number, rows: number, taps: number): number => {
  const inputs = rows / taps;
  return (row % inputs) * taps + Math.floor(row / inputs);
};

function normalise(from: Float64Array, to: HostArray): void {
  const length = Math.max(Math.sqrt(from.reduce((sum, x) => sum + x * x, 0)), 1e-12);
  from.forEach((x, i) => (to.data[i] = x / length));
}

type Inputs = Readonly<Record<"w" | "u" | "v", HostArray>>;

/** [w/σ, σ]; in training u and v move first. */
export function spectralNormReference({ w, u, v }: Inputs, { taps, training }: SpectralNormAttrs): HostArray[] {
  const [columns, rows] = [u.data.length, v.data.length];
  const at = (row: number, column: number) => w.data[row * columns + column] as number;
  if (training) {
    const back = new Float64Array(rows);
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let column = 0; column < columns; column += 1) sum += at(row, column) * (u.data[column] as number);
      back[placeOf(row, rows, taps)] = sum;
    }
    normalise(back, v);
  }
  const product = new Float64Array(columns);
  for (let row = 0; row < rows; row += 1) {
    const scale = v.data[placeOf(row, rows, taps)] as number;
    product.forEach((sum, column) => (product[column] = sum + at(row, column) * scale));
  }
  if (training) normalise(product, u);
  const sigma = product.reduce((sum, x, column) => sum + x * (u.data[column] as number), 0);
  return [
    { data: Float32Array.from(w.data, (x) => x / sigma), shape: w.shape },
    { data: Float32Array.of(sigma), shape: [1] },
  ];
}

type GradientInputs = Readonly<Record<"dw" | "w" | "u" | "v" | "sigma", HostArray>>;

/** d/dW of w = W/σ with σ = uᵀWv: (dw − ⟨dw, w⟩·u·vᵀ)/σ. */
export function spectralNormGradientReference(
  { dw, w, u, v, sigma }: GradientInputs,
  { taps }: SpectralNormAttrs,
): HostArray[] {
  const [columns, rows] = [u.data.length, v.data.length];
  let inner = 0;
  dw.data.forEach((d, i) => (inner += d * (w.data[i] as number)));
  const data = Float32Array.from(dw.data, (d, i) => {
    const outer = (u.data[i % columns] as number) * (v.data[placeOf(Math.floor(i / columns), rows, taps)] as number);
    return (d - inner * outer) / (sigma.data[0] as number);
  });
  return [{ data, shape: w.shape }];
}
