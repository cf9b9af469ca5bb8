// Pictures in memory before they become tensors.

/** 8-bit RGB, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] */
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
  return { width, height, data };
}

/** Opaque RGBA, as ImageData wants it. */
export function toRgba({ width, height, data }: Pixels): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    rgba[to] = data[from] as number;
    rgba[to + 1] = data[from + 1] as number;
    rgba[to + 2] = data[from + 2] as number;
  }
  return rgba;
}

/** True when every pixel has the same colour. */
export function isBlank({ data }: Pixels): boolean {
  for (let i = 3; i < data.length; i += 1) if (data[i] !== data[i % 3]) return false;
  return true;
}
