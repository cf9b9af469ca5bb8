// Pictures in memory before they become tensors.

/** 8 bits a channel, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 3 for colour, 1 for grey and for masks, any number for bands. */
  readonly channels: number;
  /** The values are ids: resizing takes the nearest one and never blends them. */
  readonly exact?: boolean;
  /** [height, width, channels] */
  readonly data: Uint8Array<ArrayBuffer>;
}

/** RGB of RGBA bytes; alpha is dropped, so composite before. */
export function fromRgba(rgba: Uint8ClampedArray | Uint8Array, width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from] as number;
    data[to + 1] = rgba[from + 1] as number;
    data[to + 2] = rgba[from + 2] as number;
  }
  return { width, height, channels: 3, data };
}

/** Opaque RGBA, as ImageData wants it: one and two channels as grey, more than three by their first three. */
export function toRgba({ width, height, channels, data }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  const [green, blue] = channels >= 3 ? [1, 2] : [0, 0];
  for (let from = 0, to = 0; from < data.length; from += channels, to += 4) {
    rgba[to] = data[from] as number;
    rgba[to + 1] = data[from + green] as number;
    rgba[to + 2] = data[from + blue] as number;
  }
  return rgba;
}

/** True when every pixel has the same colour. */
export function isBlank({ data, channels }: Pixels): boolean {
  for (let i = channels; i < data.length; i += 1) if (data[i] !== data[i % channels]) return false;
  return true;
}
