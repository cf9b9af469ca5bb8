// PyTorch's generator on the processor: what `torch.manual_seed` starts, so that a fresh layer's numbers can be made again.

const words = 624;

/** MT19937 (Matsumoto and Nishimura 1998), as PyTorch seeds and reads it. */
export class TorchRandom {
  readonly #state = new Uint32Array(words);
  #next = words;
  /** Second number of a pair that a small tensor left over. */
  #spare: number | null = null;

  constructor(seed: number) {
    this.#state[0] = seed >>> 0;
    for (let i = 1; i < words; i += 1) {
      const before = this.#state[i - 1] as number;
      this.#state[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
  }

  #refill(): void {
    const s = this.#state;
    for (let i = 0; i < words; i += 1) {
      const y = ((s[i] as number) & 0x80000000) | ((s[(i + 1) % words] as number) & 0x7fffffff);
      s[i] = (s[(i + 397) % words] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }

  /** Leaves `count` numbers out: what `uniform_` and other fillings of that many floats take. */
  skip(count: number): void {
    let left = count;
    while (left > 0) {
      if (this.#next === words) this.#refill();
      const step = Math.min(left, words - this.#next);
      this.#next += step;
      left -= step;
    }
  }

  /** 32 bits. */
  #word(): number {
    if (this.#next === words) this.#refill();
    let y = this.#state[this.#next] as number;
    this.#next += 1;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** A float in [0, 1) with 24 bits. */
  uniform(): number {
    return (this.#word() & 0xffffff) / 2 ** 24;
  }

  /** The same in double precision: 53 bits of two words. */
  #uniformDouble(): number {
    const high = this.#word() & 0x1fffff;
    return (high * 2 ** 32 + this.#word()) / 2 ** 53;
  }

  /** One by one, in double precision, the second of a pair kept for the next. */
  #normalOne(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const angle = 2 * Math.PI * this.#uniformDouble();
    const radius = Math.sqrt(-2 * Math.log1p(-this.#uniformDouble()));
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /**
   * What `normal_` puts into a float tensor: pairs of Box and Muller, eight and eight; the last sixteen may be drawn again.
   * Fewer than sixteen are drawn one by one.
   */
  normal(size: number, std: number): Float32Array {
    if (size < 16) return Float32Array.from({ length: size }, () => this.#normalOne() * std);
    const data = Float32Array.from({ length: size }, () => this.uniform());
    const sixteen = (start: number) => {
      for (let j = start; j < start + 8; j += 1) {
        const radius = Math.sqrt(-2 * Math.log(Math.fround(1 - (data[j] as number)))) * std;
        const angle = 2 * Math.PI * (data[j + 8] as number);
        data[j] = radius * Math.cos(angle);
        data[j + 8] = radius * Math.sin(angle);
      }
    };
    for (let start = 0; start + 16 <= size; start += 16) sixteen(start);
    if (size % 16 !== 0) {
      for (let i = size - 16; i < size; i += 1) data[i] = this.uniform();
      sixteen(size - 16);
    }
    return data;
  }

  /** Numbers that `normal_` of that size takes. */
  skipNormal(size: number): void {
    if (size < 16) this.normal(size, 1);
    else this.skip(size + (size % 16 === 0 ? 0 : 16));
  }
}
