// PNG samples exactly as they are stored: palette indices, greys of 1 to 16 bits, never through a canvas.
import { CutOff, Damaged } from "../bytes/byteReader";
import { inflateAll } from "../deflate/inflate";
import { readChunks } from "./chunks";
import { unfilter } from "./unfilter";

export interface PngSamples {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly colorType: number;
  /** 1 grey or palette index, 2 with alpha, 3 RGB, 4 with alpha. */
  readonly channels: number;
  /** [height, width, channels] */
  readonly samples: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  /** RGB triples by index; null where the samples are no indices. */
  readonly palette: Uint8Array | null;
  readonly transparency: Uint8Array | null;
}

const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
/** Adam7: first column and row, steps. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;
const WHOLE = [[0, 0, 1, 1]] as const;

/** All samples of a PNG; throws Damaged or CutOff. */
export function decodePng(bytes: Uint8Array): PngSamples {
  const chunks = readChunks(bytes);
  const { width, height, bitDepth, colorType, interlaced, palette, transparency, data } = chunks;
  if (width === 0 || height === 0) throw new Damaged("a size of zero");
  const channels = CHANNELS[colorType];
  const bitsPerPixel = channels * bitDepth;
  const passes = (interlaced ? PASSES : WHOLE)
    .map(([x0, y0, dx, dy]) => ({
      ...{ x0, y0, dx, dy },
      columns: Math.ceil((width - x0) / dx),
      rows: Math.ceil((height - y0) / dy),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
  const stride = (columns: number): number => Math.ceil((columns * bitsPerPixel) / 8);
  const size = passes.reduce((sum, { columns, rows }) => sum + rows * (stride(columns) + 1), 0);
  if (data.length < 2 || ((data[0] as number) & 15) !== 8) throw new Damaged("no zlib stream");
  // Deflate packs 1032 times at best: a header that states more is not worth the memory.
  if (size > 1100 * data.length + 1024) throw new CutOff("far fewer bytes than stated");
  const raw = inflateAll(data.subarray(2), size);
  const count = width * height * channels;
  const samples = bitDepth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  let at = 0;
  for (const { x0, y0, dx, dy, columns, rows } of passes) {
    const bytesPerRow = stride(columns);
    unfilter(raw, at, rows, bytesPerRow, Math.max(1, bitsPerPixel >> 3));
    for (let row = 0; row < rows; row += 1) {
      const from = at + row * (bytesPerRow + 1) + 1;
      const to = ((y0 + row * dy) * width + x0) * channels;
      spread(raw, from, columns * channels, bitDepth, samples, to, channels, dx);
    }
    at += rows * (bytesPerRow + 1);
  }
  return { width, height, bitDepth, colorType, channels, samples, palette, transparency };
}

/** Unpacks the samples of one row into every `dx`-th pixel. */
function spread(
  raw: Uint8Array,
  from: number,
  count: number,
  bitDepth: number,
  samples: Uint8Array | Uint16Array,
  to: number,
  channels: number,
  dx: number,
): void {
  const jump = (dx - 1) * channels;
  const mask = (1 << bitDepth) - 1;
  for (let i = 0, place = to; i < count; i += 1) {
    if (bitDepth === 8) samples[place] = raw[from + i] as number;
    else if (bitDepth === 16) samples[place] = ((raw[from + 2 * i] as number) << 8) | (raw[from + 2 * i + 1] as number);
    else {
      const bit = i * bitDepth;
      samples[place] = ((raw[from + (bit >> 3)] as number) >> (8 - bitDepth - (bit & 7))) & mask;
    }
    place += (i + 1) % channels === 0 ? jump + 1 : 1;
  }
}
