// The adaptive probabilities of an LZMA decoder, by what they speak of.

const HALF = 1024;
const fresh = (count: number): Uint16Array => new Uint16Array(count).fill(HALF);

/** Of one kind of length: 2 choices, 16 × 8 short and 16 × 8 middle ones by position, 256 long ones. */
export interface LengthProbabilities {
  readonly choice: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

const lengths = (): LengthProbabilities => ({
  choice: fresh(2),
  low: fresh(16 * 8),
  middle: fresh(16 * 8),
  high: fresh(256),
});

export interface Probabilities {
  readonly isMatch: Uint16Array;
  readonly isRep: Uint16Array;
  readonly isRep0: Uint16Array;
  readonly isRep0Long: Uint16Array;
  readonly isRep1: Uint16Array;
  readonly isRep2: Uint16Array;
  /** 64 slots for each of 4 lengths. */
  readonly slots: Uint16Array;
  readonly special: Uint16Array;
  readonly align: Uint16Array;
  readonly match: LengthProbabilities;
  readonly rep: LengthProbabilities;
  /** 768 for each context of a literal. */
  readonly literals: Uint16Array;
}

/** All at one half, for `lc + lp` bits of context of a literal. */
export function probabilities(contextBits: number): Probabilities {
  return {
    isMatch: fresh(12 * 16),
    isRep: fresh(12),
    isRep0: fresh(12),
    isRep0Long: fresh(12 * 16),
    isRep1: fresh(12),
    isRep2: fresh(12),
    slots: fresh(4 * 64),
    special: fresh(128),
    align: fresh(16),
    match: lengths(),
    rep: lengths(),
    literals: fresh(0x300 << contextBits),
  };
}
