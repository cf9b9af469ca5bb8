// numpy's legacy RandomState, as far as fastai's seeded split needs it: MT19937 and `permutation`.

const N = 624;
const M = 397;

/** A Mersenne Twister seeded as `np.random.seed(seed)`; returns 32-bit outputs (Matsumoto & Nishimura 1998). */
export function mt19937(seed: number): () => number {
  const state = new Uint32Array(N);
  state[0] = seed >>> 0;
  for (let i = 1; i < N; i += 1) {
    const previous = state[i - 1] as number;
    state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
  }
  let index = N;
  const twist = (): void => {
    for (let i = 0; i < N; i += 1) {
      const y = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % N] as number) & 0x7fffffff);
      state[i] = (state[(i + M) % N] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    index = 0;
  };
  return () => {
    if (index >= N) twist();
    let y = state[index] as number;
    index += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/** `np.random.seed(seed); np.random.permutation(n)`, exactly: Fisher and Yates with masked rejection. */
export function numpyPermutation(n: number, seed: number): Int32Array {
  const draw = mt19937(seed);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i -= 1) {
    const mask = 2 ** (32 - Math.clz32(i)) - 1;
    let j = (draw() & mask) >>> 0;
    while (j > i) j = (draw() & mask) >>> 0;
    const a = order[i] as number;
    order[i] = order[j] as number;
    order[j] = a;
  }
  return order;
}
