// Weights whose batch norms were folded into the convolutions before them: the norms are put back as ones that do nothing but add.
import type { HostTensor, StateDict } from "../stateDict";

/** Same as the layer's. */
const EPS = 1e-5;

/** `conv2` → `bn2`, `downsample.0` → `downsample.1`: the norm that follows a convolution in every network we have. */
function normAfter(conv: string): string | null {
  const named = /^(.*\.)?conv(\d*)$/.exec(conv);
  if (named) return `${named[1] ?? ""}bn${named[2]}`;
  const numbered = /^(.*\.)?(\d+)$/.exec(conv);
  return numbered ? `${numbered[1] ?? ""}${Number(numbered[2]) + 1}` : null;
}

const filled = (length: number, value: number): HostTensor => ({
  shape: [length],
  data: new Float32Array(length).fill(value),
});

export interface Unfolded {
  readonly state: StateDict;
  /** Names of the norms. */
  readonly norms: readonly string[];
}

/**
 * Our names in, our names out: a convolution's bias that the model lacks becomes the bias of the norm that the file
 * lacks; weight 1, mean 0 and variance 1 − ε make the rest of the norm the identity in evaluation mode.
 */
export function unfoldNorms(state: StateDict, wanted: ReadonlyMap<string, readonly number[]>): Unfolded {
  const result = new Map(state);
  const norms: string[] = [];
  for (const [name, bias] of state) {
    const conv = /^(.*)\.bias$/.exec(name)?.[1];
    const norm = conv === undefined ? null : normAfter(conv);
    if (norm === null || wanted.has(name) || !wanted.has(`${norm}.running_var`) || state.has(`${norm}.weight`))
      continue;
    const length = bias.shape[0] ?? 0;
    if (wanted.get(`${norm}.bias`)?.join() !== bias.shape.join() || !state.has(`${conv}.weight`)) continue;
    result.delete(name);
    result.set(`${norm}.bias`, bias);
    result.set(`${norm}.weight`, filled(length, 1));
    result.set(`${norm}.running_mean`, filled(length, 0));
    result.set(`${norm}.running_var`, filled(length, 1 - EPS));
    norms.push(norm);
  }
  return { state: result, norms };
}
