// Numbers as colours: grey, or viridis, whose steps look equal and which survives printing in grey.

export type ColourMap = "grey" | "viridis";

/** Every fifth colour of viridis (van der Walt and Smith), as hexadecimal RGB; colours between them are blended. */
const VIRIDIS =
  [
    "44015446085c471063481769481d6f482475472a7a46307e453781433d844142873f48893d4e8a3a538b38598c355e8d33638d31688e",
    "2e6d8e2c718e2a768e297b8e27808e25848e23898e218e8d20928c1f978b1e9c891fa18821a58524aa8328ae802eb37c35b7793dbc74",
    "46c06f50c46a5ac86465cb5e70cf577cd25089d54895d840a2da37b0dd2fbddf26cae11fd8e219e5e419f1e51dfde725",
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
