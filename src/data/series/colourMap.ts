// Numbers as colours: grey, or viridis, whose steps look equal and which survives printing in grey.

export type ColourMap = "grey" | "viridis";

/** Ten colours of viridis at equal distances (van der Walt and Smith); colours between them are blended. */
const VIRIDIS = [
  [68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142],
  [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37],
] as const; // prettier-ignore

/** RGB of a share between 0 and 1. */
export function colourOf(share: number, map: ColourMap): readonly [number, number, number] {
  const within = Math.min(1, Math.max(0, share));
  if (map === "grey") {
    const grey = Math.round(within * 255);
    return [grey, grey, grey];
  }
  const at = within * (VIRIDIS.length - 1);
  const low = Math.min(Math.floor(at), VIRIDIS.length - 2);
  const [from, to] = [VIRIDIS[low] ?? VIRIDIS[0], VIRIDIS[low + 1] ?? VIRIDIS[9]];
  const mix = (c: 0 | 1 | 2): number => Math.round(from[c] + (to[c] - from[c]) * (at - low));
  return [mix(0), mix(1), mix(2)];
}
