// One colour for each class of a mask, the same everywhere.

/** Okabe and Ito's first, which everybody can tell apart. */
const FIRST = [0x56b4e9, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x0072b2, 0xf0e442, 0x999999] as const;
/** Turns hues so that neighbours differ most. */
const GOLDEN = 137.508;

function hsl(hue: number, saturation: number, light: number): readonly [number, number, number] {
  const chroma = saturation * Math.min(light, 1 - light);
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (light - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** Red, green and blue from 0 to 255. */
export function classRgb(index: number): readonly [number, number, number] {
  const fixed = FIRST[index];
  if (fixed !== undefined) return [fixed >> 16, (fixed >> 8) & 255, fixed & 255];
  return hsl((index * GOLDEN) % 360, index % 2 === 0 ? 0.75 : 0.5, index % 3 === 0 ? 0.42 : 0.62);
}

/** The same for a style. */
export function classColour(index: number): string {
  return `rgb(${classRgb(index).join(" ")})`;
}
