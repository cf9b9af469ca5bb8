// TIFF pictures through geotiff, which is loaded only when the first one is met: any depth, any number of bands.
import type { TypedArray } from "geotiff";
import { Damaged } from "../bytes/byteReader";

export interface TiffRaster {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** [height, width, channels] */
  readonly samples: TypedArray;
  /** The value of full brightness; null for floating-point and signed samples. */
  readonly full: number | null;
}

/** TIFF's PhotometricInterpretation where samples are not plain levels or RGB: palette, CMYK, YCbCr, CIELab. */
const CONVERTED = new Set([3, 5, 6, 8]);
const WHITE_IS_ZERO = 0;
/** Ways of packing whose decoders are WebAssembly, which the page's policy does not allow. */
const NOT_READ = new Map([
  [34887, "LERC"],
  [50000, "Zstandard"],
]);
const MAX_SAMPLES = 256_000_000;

/** The first picture of a TIFF; throws Damaged with a reason that ends "It was left out: …". */
export async function readTiff(bytes: Uint8Array<ArrayBuffer>, maxPixels: number): Promise<TiffRaster | "tooLarge"> {
  const { fromArrayBuffer } = await import("geotiff");
  try {
    const tiff = await fromArrayBuffer(bytes.slice().buffer);
    const image = await tiff.getImage(0);
    const [width, height, channels] = [image.getWidth(), image.getHeight(), image.getSamplesPerPixel()];
    if (!(width > 0 && height > 0 && channels > 0)) throw new Damaged("it states a size of zero");
    if (width * height > maxPixels || width * height * channels > MAX_SAMPLES) return "tooLarge";
    const [across, down] = [image.getTileWidth(), image.getTileHeight()];
    if (!(across > 0 && down > 0) || Math.min(across, width) * Math.min(down, height) * channels > MAX_SAMPLES)
      throw new Damaged("its structure is damaged");
    const packing = NOT_READ.get(Number(await image.fileDirectory.loadValue("Compression")));
    if (packing !== undefined)
      throw new Damaged(`it is a TIFF packed with ${packing}; save it with LZW or Deflate instead`);
    const photometric = Number((await image.fileDirectory.loadValue("PhotometricInterpretation")) ?? 1);
    if (CONVERTED.has(photometric)) {
      const samples = (await image.readRGB({ interleave: true })) as unknown as TypedArray;
      return { width, height, channels: 3, samples, full: 255 };
    }
    const samples = (await image.readRasters({ interleave: true })) as unknown as TypedArray;
    if (samples.length !== width * height * channels) throw new Damaged("its structure is damaged");
    const full = fullOf(samples, image.getBitsPerSample(0));
    if (photometric === WHITE_IS_ZERO && full !== null)
      for (let i = 0; i < samples.length; i += 1) samples[i] = full - (samples[i] as number);
    return { width, height, channels, samples, full };
  } catch (thrown) {
    if (thrown instanceof Damaged || thrown instanceof RangeError) throw thrown;
    throw new Damaged(`it is a TIFF that cannot be read (${thrown instanceof Error ? thrown.message : "damaged"})`);
  }
}

function fullOf(samples: TypedArray, bits: number): number | null {
  const unsigned = samples instanceof Uint8Array || samples instanceof Uint16Array || samples instanceof Uint32Array;
  return unsigned ? 2 ** bits - 1 : null;
}
