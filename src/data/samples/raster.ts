// A picture painted pixel by pixel: its colours, and beside them which class every pixel is of.
import { encodePng } from "../../formats/png/encodePng";

export type Colour = readonly [red: number, green: number, blue: number];

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] */
  readonly colours: Uint8Array<ArrayBuffer>;
  /** [height, width] */
  readonly classes: Uint8Array<ArrayBuffer>;
}

/** A box in pixels, right and bottom excluded; it may reach over the edge. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export function createRaster(width: number, height: number): Raster {
  return {
    width,
    height,
    colours: new Uint8Array(width * height * 3),
    classes: new Uint8Array(width * height),
  };
}

/** Paints what of the box `colourAt` gives a colour; null leaves a pixel as it is. No edge is softened: every pixel is of one class. */
export function paint(
  { width, height, colours, classes }: Raster,
  { left, top, right, bottom }: Box,
  kind: number,
  colourAt: (x: number, y: number) => Colour | null,
): void {
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, bottom); y += 1)
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, right); x += 1) {
      const colour = colourAt(x, y);
      if (colour === null) continue;
      const at = y * width + x;
      classes[at] = kind;
      for (let c = 0; c < 3; c += 1) colours[3 * at + c] = Math.max(0, Math.min(255, Math.round(colour[c] ?? 0)));
    }
}

/** Whether a point lies in an ellipse around (x, y). */
export function inEllipse(px: number, py: number, x: number, y: number, rx: number, ry: number): boolean {
  return ((px - x) / rx) ** 2 + ((py - y) / ry) ** 2 <= 1;
}

/** A colour made lighter (above 1) or darker. */
export function lit([red, green, blue]: Colour, light: number): Colour {
  return [red * light, green * light, blue * light];
}

/** The picture as a PNG. */
export async function colourPng({ width, height, colours }: Raster): Promise<Blob> {
  return new Blob([await encodePng({ width, height, channels: 3, data: colours })], { type: "image/png" });
}

/** The classes as a grey PNG: each pixel's value is the number of its class. */
export async function classPng({ width, height, classes }: Raster): Promise<Blob> {
  return new Blob([await encodePng({ width, height, channels: 1, data: classes })], { type: "image/png" });
}
