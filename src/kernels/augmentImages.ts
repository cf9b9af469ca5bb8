// From the bytes of a batch to network input in one dispatch: geometry, bilinear sampling, lighting, normalisation.
import type { Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import { defineKernel, sizeOf } from "../tensor/kernel";
import { flatGroups } from "../tensor/program";
import { tensorFromBytes, tensorOf } from "../tensor/writeTensor";
import { planMaps, type MapOptions, type Shared } from "./augmentPlan";
import { imageProgram, maskProgram, type Variant } from "./augmentPrograms";
import { referenceImages, referenceMasks } from "./augmentReference";

/** A batch of pictures as they were decoded, [B, H, W, C]: uint8, four to a word, or floats in [0, 1]. */
export interface PackedImages {
  readonly words: Tensor;
  readonly shape: readonly [number, number, number, number];
  readonly floats: boolean;
  dispose(): void;
}

export interface AugmentOptions extends MapOptions {
  /** Per channel, of values in [0, 1]. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export interface MaskOptions extends MapOptions {
  /** What a pixel counts as that shows nothing of the source; by default −1, which no loss counts. */
  readonly empty?: number;
  /** A byte that counts as nothing, too. */
  readonly ignored?: number;
}

type ShapeOf = readonly [batch: number, height: number, width: number, channels?: number];

/** Uploads pictures unchanged, of 3 channels unless told: bytes, or floats with full light at 1. */
export function uploadImages(data: Uint8Array | Float32Array, shape: ShapeOf): PackedImages {
  const [batch, height, width, channels = 3] = shape;
  const full = [batch, height, width, channels] as const;
  const expected = batch * height * width * channels;
  if (data.length !== expected) throw new Error(`uploadImages: ${data.length} values for [${full}]`);
  const floats = data instanceof Float32Array;
  const words = floats ? tensorOf(data, full, "float32") : tensorFromBytes(data);
  return { words, shape: full, floats, dispose: () => words.dispose() };
}

const variantOf = (shared: Shared, floats: boolean): Variant => ({
  channels: shared.images[3],
  floats,
  padding: shared.padding,
  gridPadding: shared.gridPadding,
  padPadding: shared.pad?.padding ?? null,
  jitters: shared.jitters,
  reduces: shared.reduces,
  noises: shared.noises,
  holes: shared.holes,
});

const uniformsOf = ({ images, size, grid, pad }: Shared, n: number) => ({
  n,
  height: images[1],
  width: images[2],
  outHeight: size[0],
  outWidth: size[1],
  gridHeight: grid[0],
  gridWidth: grid[1],
  padRows: pad?.rows ?? 0,
  padColumns: pad?.columns ?? 0,
});

interface ImageAttrs {
  readonly shared: Shared;
  readonly floats: boolean;
}

const bytesOf = (data: Float32Array | Int32Array): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const imageKernel = defineKernel<"words" | "maps" | "stats", ImageAttrs>({
  name: "GlassAugmentImages",
  reference({ words, maps, stats }, { shared, floats }) {
    const [batch, , , channels] = shared.images;
    const [mean, std] = [stats.data.slice(0, channels), stats.data.slice(channels)];
    const pictures = {
      data: floats ? words.data : bytesOf(words.data),
      numbers: maps.data as Float32Array,
      shared,
    };
    const data = referenceImages(pictures, { mean: [...mean], std: [...std], unit: floats ? 1 : 255 });
    return [{ data, shape: [batch, ...shared.size, channels] }];
  },
  gpu({ words, maps, stats }, { shared, floats }, gpu) {
    const [batch, , , channels] = shared.images;
    const y = gpu.make([batch, ...shared.size, channels]);
    const n = sizeOf(y) / channels;
    gpu.run(imageProgram(variantOf(shared, floats)), {
      tensors: { words, maps, stats, y },
      uniforms: uniformsOf(shared, n),
      groups: flatGroups(n),
    });
    return [y];
  },
});

interface MaskAttrs {
  readonly shared: Shared;
  readonly empty: number;
  readonly ignored: number;
}

const maskKernel = defineKernel<"words" | "maps", MaskAttrs>({
  name: "GlassAugmentMasks",
  reference({ words, maps }, { shared, empty, ignored }) {
    const pictures = { data: bytesOf(words.data), numbers: maps.data as Float32Array, shared };
    return [{ data: referenceMasks(pictures, empty, ignored), shape: [shared.images[0], ...shared.size] }];
  },
  gpu({ words, maps }, { shared, empty, ignored }, gpu) {
    const y = gpu.make([shared.images[0], ...shared.size], "int32");
    const n = sizeOf(y);
    gpu.run(maskProgram({ ...variantOf(shared, false), noises: false }), {
      tensors: { words, maps, y },
      uniforms: { ...uniformsOf(shared, n), empty, ignored },
      groups: flatGroups(n),
    });
    return [y];
  },
});

/**
 * float32 [B, h, w, C]: each result pixel is sampled once along its picture's map, lit in logit space, normalised.
 * fastai's order and conventions (grid_sample with align_corners).
 */
export function augmentImages(images: PackedImages, options: AugmentOptions): Tensor4D {
  const { shared, numbers } = planMaps(images.shape, options);
  const channels = images.shape[3];
  const { mean, std } = options;
  if (mean.length !== channels || std.length !== channels)
    throw new Error(`augmentImages: ${mean.length} means and ${std.length} deviations for ${channels} channels`);
  const maps = tensorOf(numbers, [numbers.length], "float32");
  const stats = tensorOf(Float32Array.from([...mean, ...std]), [2 * channels], "float32");
  const [y] = imageKernel({ words: images.words, maps, stats }, { shared, floats: images.floats });
  maps.dispose();
  stats.dispose();
  return y as Tensor4D;
}

/** int32 [B, h, w]: class ids of byte masks (uploaded with one channel) along the same maps, each the nearest pixel's. */
export function augmentMasks(masks: PackedImages, options: MaskOptions): Tensor3D {
  if (masks.floats || masks.shape[3] !== 1) throw new Error("augmentMasks takes bytes of one channel");
  // A mask is never averaged: fastai reads the nearest pixel of the full picture.
  const maps = options.maps?.map((map) => ({ ...map, reduced: null, holes: [], noise: null }));
  const { shared, numbers } = planMaps(masks.shape, { ...options, ...(maps ? { maps } : {}) });
  const tensor = tensorOf(numbers, [numbers.length], "float32");
  const { empty = -1, ignored = -1 } = options;
  const [y] = maskKernel({ words: masks.words, maps: tensor }, { shared, empty, ignored });
  tensor.dispose();
  return y as Tensor3D;
}
