// Writes a small uncompressed TIFF, value by value.

export interface TinyTiff {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bits: 8 | 16 | 32;
  /** For one channel of 32 bits. */
  readonly float?: boolean;
  /** 0 white is zero, 1 black is zero (the default), 2 RGB. */
  readonly photometric?: 0 | 1 | 2;
  /** [height, width, channels] */
  readonly values: readonly number[];
}

/** One strip, little endian, the directory before the pixels: entry `i` begins at byte 10 + 12 i. */
export function tinyTiff({
  width,
  height,
  channels,
  bits,
  float,
  photometric = 1,
  values,
}: TinyTiff): Uint8Array<ArrayBuffer> {
  const entries = float === true ? 11 : 10;
  const bitsAt = 8 + 2 + entries * 12 + 4;
  const pixelsAt = bitsAt + 2 * channels + ((2 * channels) % 4);
  const size = (values.length * bits) / 8;
  const view = new DataView(new ArrayBuffer(pixelsAt + size));
  view.setUint16(0, 0x4949);
  view.setUint16(2, 42, true);
  view.setUint32(4, 8, true);
  view.setUint16(8, entries, true);
  let at = 10;
  const entry = (tag: number, type: 3 | 4, count: number, value: number): void => {
    view.setUint16(at, tag, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, count, true);
    if (type === 3 && count === 1) view.setUint16(at + 8, value, true);
    else view.setUint32(at + 8, value, true);
    at += 12;
  };
  entry(256, 4, 1, width);
  entry(257, 4, 1, height);
  if (channels <= 2) entry(258, 3, channels, channels === 1 ? bits : bits | (bits << 16));
  else entry(258, 3, channels, bitsAt);
  entry(259, 3, 1, 1);
  entry(262, 3, 1, photometric);
  entry(273, 4, 1, pixelsAt);
  entry(277, 3, 1, channels);
  entry(278, 4, 1, height);
  entry(279, 4, 1, size);
  entry(284, 3, 1, 1);
  if (float === true) entry(339, 3, 1, 3);
  for (let c = 0; c < channels; c += 1) view.setUint16(bitsAt + 2 * c, bits, true);
  for (const [i, value] of values.entries()) {
    if (bits === 8) view.setUint8(pixelsAt + i, value);
    else if (bits === 16) view.setUint16(pixelsAt + 2 * i, value, true);
    else view.setFloat32(pixelsAt + 4 * i, value, true);
  }
  return new Uint8Array(view.buffer);
}
