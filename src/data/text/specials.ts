// The tokens that stand for something other than a word, in the order in which they begin every vocabulary.

export const UNK = "xxunk";
export const PAD = "xxpad";
export const BOS = "xxbos";
export const EOS = "xxeos";
export const FLD = "xxfld";
export const MAJ = "xxmaj";
export const UP = "xxup";
export const REP = "xxrep";
export const WREP = "xxwrep";
/** Fills a vocabulary up to a multiple of 8. */
export const FAKE = "xxfake";

/** fastai's `text_spec_tok`: ids 0 to 8. */
export const SPECIALS: readonly string[] = [UNK, PAD, BOS, EOS, FLD, MAJ, UP, REP, WREP];
