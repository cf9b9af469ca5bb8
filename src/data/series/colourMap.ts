// Numbers as colours: grey, or viridis, whose steps look equal and which survives printing in grey.

export type ColourMap = "grey" | "viridis";

/** Every fifth colour of viridis (van der Walt and Smith), as hexadecimal RGB; colours between them are blended. */
const VIRIDIS =
  [
    "44015445085b470f62471669481d6f482374472a7946307d453681433c844142863e48883c4d8a3a538b37588c355d8c32628d30678d",
    "2e6c8e2c718e2a768e287a8e267f8e24848d23898d218d8c1f928c1e978a1e9b891ea08720a58523a98228ae7f2eb27c35b7783dbb74",
    "45bf6f4fc36959c76464cb5d70ce567cd24f88d54795d73fa2da37afdc2ebdde26cae01ed7e219e4e318f1e51cfde724",
  ]
    .join("")
    .match(/../g)
    ?.map((byte) => Number.parseInt(byte, 16)) ?? [];
const COLOURS = VIRIDIS.length / 3;

/** RGB of a share between 0 and 1. */
export function colourOf(share: number, map: ColourMap): readonly [number, number, number] {
  const within = Math.min(1, Math.max(0, share));
  if (map === "grey") {
    const grey = Math.round(within * 255);
    return [grey, grey, grey];
  }
  const at = within * (COLOURS - 1);
  const low = Math.min(Math.floor(at), COLOURS - 2);
  const mix = (c: 0 | 1 | 2): number => {
    const [from = 0, to = 0] = [VIRIDIS[3 * low + c], VIRIDIS[3 * low + 3 + c]];
    return Math.round(from + (to - from) * (at - low));
  };
  return [mix(0), mix(1), mix(2)];
}
