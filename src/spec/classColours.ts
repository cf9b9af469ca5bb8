// A colour for every class of a mask: told apart by hue and lightness, the first ones Okabe and Ito's.

export type Rgb = readonly [red: number, green: number, blue: number];

const FIRST: readonly Rgb[] = [
  [86, 180, 233],
  [230, 159, 0],
  [0, 114, 178],
  [0, 158, 115],
  [204, 121, 167],
  [213, 94, 0],
  [240, 228, 66],
];
/**
 * How the hue turns and the lightness changes after those. Of the turns that were tried, these keep the two most alike of
 * 32 classes furthest apart: 20 in CIELAB, where 2 can just be told apart.
 */
const [START, TURN, SATURATION] = [180, 77, 0.7];
const LIGHTNESS = [0.35, 0.8, 0.55, 0.2] as const;

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const a = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** The colour of the class with this number, the same in every picture. */
export function classColour(index: number): Rgb {
  const first = FIRST[index];
  if (first) return first;
  const turn = index - FIRST.length;
  return fromHsl((START + turn * TURN) % 360, SATURATION, LIGHTNESS[turn % LIGHTNESS.length] ?? 0.5);
}

export const cssColour = (colour: Rgb): string => `rgb(${colour.join(" ")})`;
