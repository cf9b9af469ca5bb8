// Seeded damage to files: cut, flip, splice, and wild values in length fields.
import { createRng, type Rng } from "../base/rng";

const DAMAGES: readonly ((bytes: Uint8Array<ArrayBuffer>, rng: Rng) => Uint8Array<ArrayBuffer>)[] = [
  (bytes, rng) => bytes.slice(0, rng.below(bytes.length + 1)),
  (bytes, rng) => {
    const copy = bytes.slice();
    for (let i = 0; i <= rng.below(8); i += 1) copy[rng.below(copy.length)] = rng.below(256);
    return copy;
  },
  (bytes, rng) => {
    const at = rng.below(bytes.length);
    const from = rng.below(bytes.length);
    const piece = bytes.slice(from, from + rng.below(64));
    const out = new Uint8Array(bytes.length + piece.length);
    out.set(bytes.subarray(0, at));
    out.set(piece, at);
    out.set(bytes.subarray(at), at + piece.length);
    return out;
  },
  (bytes, rng) => {
    const copy = bytes.slice();
    const wild = [0, 1, 0x7fffffff, 0xffffffff, 0xfffffffe, 0x80000000][rng.below(6)] as number;
    if (copy.length >= 4) new DataView(copy.buffer).setUint32(rng.below(copy.length - 3), wild, rng.below(2) === 0);
    return copy;
  },
];

/** The `k`-th damaged version of some bytes; the same for the same seed. */
export function mutate(bytes: Uint8Array<ArrayBuffer>, seed: string, k: number): Uint8Array<ArrayBuffer> {
  const rng = createRng("mutate", seed, k);
  const damage = DAMAGES[rng.below(DAMAGES.length)] as (typeof DAMAGES)[number];
  return bytes.length === 0 ? bytes : damage(bytes, rng);
}
