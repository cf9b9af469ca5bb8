// The values of a mask file exactly as they are stored: grey values, palette indices, or colours.
import { CutOff, Damaged } from "../../formats/bytes/byteReader";
import { MAX_PIXELS } from "../../formats/imageHeader/checkImage";
import { decodePng } from "../../formats/png/decodePng";
import { readTiff } from "../../formats/tiff/readTiff";
import { err, ok, type Result } from "../../base/result";

/** What a mask may hold: one number a pixel, or a colour a pixel. */
export interface MaskSamples {
  readonly width: number;
  readonly height: number;
  /** Grey value or palette index, [height × width]; colours as 0xrrggbb. */
  readonly values: ArrayLike<number>;
  readonly kind: "grey" | "palette" | "colour";
  /** Colour of each palette index, 0xrrggbb. */
  readonly palette: readonly number[];
}

interface Stored {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly samples: ArrayLike<number>;
  readonly palette: readonly number[] | null;
  /** Bits that a colour's samples have beyond eight. */
  readonly extra: number;
}

const rgb = (r: number, g: number, b: number): number => r * 65536 + g * 256 + b;

/** Files that keep every value; whatever is compressed with loss, or shown through a colour table, is no mask. */
export const MASK_FORMATS: ReadonlySet<string> = new Set(["png", "tiff"]);

async function stored(bytes: Uint8Array<ArrayBuffer>, kind: string): Promise<Stored | null> {
  if (kind === "tiff") {
    const raster = await readTiff(bytes, MAX_PIXELS);
    return raster === "tooLarge" ? null : { ...raster, palette: null, extra: raster.full === 65535 ? 8 : 0 };
  }
  const { palette, bitDepth, ...png } = decodePng(bytes);
  const indexed = png.colorType === 3 && palette !== null;
  const colours = indexed
    ? Array.from({ length: palette.length / 3 }, (_, i) => rgb(palette[3 * i] ?? 0, palette[3 * i + 1] ?? 0, palette[3 * i + 2] ?? 0)) // prettier-ignore
    : null;
  return { ...png, palette: colours, extra: bitDepth === 16 ? 8 : 0 };
}

/** Every colour as one number; where red, green and blue agree everywhere, the picture is grey after all. */
function colours({ samples, channels, extra }: Stored, pixels: number): Pick<MaskSamples, "kind" | "values"> {
  const values = new Uint32Array(pixels);
  let grey = true;
  for (let i = 0, at = 0; i < pixels; i += 1, at += channels) {
    const [r, g, b] = [0, 1, 2].map((c) => (samples[at + c] as number) >> extra) as [number, number, number];
    grey &&= r === g && g === b;
    values[i] = rgb(r, g, b);
  }
  return grey ? { kind: "grey", values: values.map((value) => value & 255) } : { kind: "colour", values };
}

/** The values of a PNG or TIFF; the error says in words why there are none. */
export async function maskSamples(bytes: Uint8Array<ArrayBuffer>, kind: string): Promise<Result<MaskSamples, string>> {
  try {
    const found = await stored(bytes, kind);
    if (found === null) return err("it holds more than 64 million pixels");
    const { width, height, channels, samples, palette } = found;
    const size = { width, height, palette: palette ?? [] };
    const pixels = width * height;
    if (channels >= 3) return ok({ ...size, ...colours(found, pixels) });
    const values = channels === 1 ? samples : Uint32Array.from({ length: pixels }, (_, i) => samples[i * channels] as number); // prettier-ignore
    return ok({ ...size, kind: palette === null ? "grey" : "palette", values });
  } catch (thrown) {
    if (thrown instanceof CutOff) return err("the file is cut off");
    if (thrown instanceof Damaged) return err(thrown.message);
    throw thrown;
  }
}
