// fastai's DynamicUnet (Ronneberger et al. 2015 over any encoder): down through the encoder, up again beside its features.
import type { Tensor } from "@tensorflow/tfjs-core";
import { detach } from "../../../tensor/gradients";
import type { Init } from "../../init";
import { BatchNorm } from "../../layers/batchNorm";
import { MergeLayer } from "../../layers/mergeLayer";
import { NearestResize } from "../../layers/nearestResize";
import { ReLU } from "../../layers/relu";
import { Sequential } from "../../layers/sequential";
import { SigmoidRange } from "../../layers/sigmoidRange";
import { Module } from "../../module";
import type { Shape, Visit } from "../../module";
import type { Body } from "../body";
import { layerGroups } from "../cnn";
import type { GroupedModel, LayerGroup } from "../cnn";
import { convLayer } from "./convLayer";
import { PixelShuffleIcnr } from "./pixelShuffleIcnr";
import { ResBlock } from "./resBlock";
import { skipPlaces, stageShapes } from "./skipPlaces";
import { UnetBlock } from "./unetBlock";
import type { DecoderNorms } from "./unetBlock";
import type { DecoderNorm, UnetOptions } from "./unetOptions";

export interface UnetShape {
  readonly classes: number;
  readonly channels: number;
  /** Height and width the network is laid out for; others work too. */
  readonly size: readonly [number, number];
  /** Presses the outputs between two bounds. */
  readonly yRange?: readonly [number, number] | undefined;
}

const normsOf = (norm: DecoderNorm): DecoderNorms =>
  norm === "mixed" ? { convolution: "batch", shuffle: "weight" } : { convolution: norm, shuffle: norm };

/** A module that may look at the picture too. */
type Follower = Module & { forward(x: Tensor, picture?: Tensor): Tensor };

interface Below {
  readonly channels: number;
  /** Of the last skip. */
  readonly size: readonly number[];
  /** After the encoder's first part. */
  readonly first: Shape;
  readonly norms: DecoderNorms;
}

/** Back to full size, the picture beside it, and the classes of every pixel. */
function topOf(
  { channels, size, first, norms }: Below,
  shape: UnetShape,
  options: UnetOptions,
  init: Init,
): Follower[] {
  const [height, width] = shape.size;
  const layers: Follower[] = [];
  const shrunk = first[0] !== height || first[1] !== width;
  if (shrunk) layers.push(new PixelShuffleIcnr({ inputs: channels, outputs: channels, norm: norms.shuffle }, init));
  // fastai decides about the resize as if the picture had been enlarged in any case; its place counts in the names.
  const fits = 2 * (size[0] as number) === height && 2 * (size[1] as number) === width;
  layers.push(...(fits ? [] : [new NearestResize()]));
  let wide = channels;
  if (options.lastCross) {
    wide += shape.channels;
    const inner = options.bottle ? Math.floor(wide / 2) : wide;
    layers.push(new MergeLayer(shape.channels), new ResBlock(wide, inner, norms.convolution, init));
  }
  const last = { inputs: wide, outputs: shape.classes, kernel: 1, norm: norms.convolution, activation: false } as const;
  layers.push(convLayer(last, init));
  if (shape.yRange) layers.push(new SigmoidRange(shape.yRange));
  return layers;
}

/** The next step; what it came from is freed unless it is the same tensor. */
function follow(y: Tensor, step: (y: Tensor) => Tensor): Tensor {
  const next = step(y);
  if (next !== y) y.dispose();
  return next;
}

/** [B, H, W, channels] → [B, H, W, classes]. Names begin with `layers.`, the encoder's with `layers.0.`. */
export class DynamicUnet extends Module implements GroupedModel {
  readonly kind = "DynamicUnet";
  readonly groups: readonly LayerGroup[];
  readonly #body: Body;
  readonly #detach: boolean;
  /** Parts of the encoder whose outputs join on the way up, deepest first. */
  readonly #places: readonly number[];
  readonly #bottom: Sequential;
  readonly #blocks: readonly UnetBlock[];
  readonly #fit = new NearestResize();
  /** What comes after the last block; layers that join the picture itself get it beside their input. */
  readonly #top: readonly Follower[];
  readonly #all: Sequential;

  constructor(body: Body, shape: UnetShape, options: UnetOptions, init: Init) {
    super();
    const [height, width] = shape.size;
    const shapes = stageShapes(body, [height, width, shape.channels]);
    this.#body = body;
    this.#detach = options.detachSkips;
    this.#places = skipPlaces(shapes);
    const norms = normsOf(options.norm);
    const norm = norms.convolution;
    const { features } = body;
    const before = new BatchNorm("BatchNorm2d", features, init, { bias: 1e-3 });
    const middle = new Sequential([
      convLayer({ inputs: features, outputs: 2 * features, norm }, init),
      convLayer({ inputs: 2 * features, outputs: features, norm }, init),
    ]);
    this.#bottom = new Sequential([before, new ReLU(), middle]);
    let channels = features;
    let size = (shapes.at(-1) as Shape).slice(0, 2);
    this.#blocks = this.#places.map((place, i) => {
      const [skipHeight = 1, skipWidth = 1, skip = 1] = shapes[place] as Shape;
      const last = i === this.#places.length - 1;
      const blur = options.blur && (!last || options.blurFinal);
      const selfAttention = options.selfAttention && i === this.#places.length - 3;
      const block = new UnetBlock({ inputs: channels, skip, last, blur, selfAttention, norms }, init);
      channels = block.outputs;
      size = [skipHeight, skipWidth];
      return block;
    });
    this.#top = topOf({ channels, size, first: shapes[0] as Shape, norms }, shape, options, init);
    this.#all = this.add(
      "layers",
      new Sequential([body.module, ...this.#bottom.layers, ...this.#blocks, ...this.#top]),
    );
    this.groups = layerGroups(body, "Decoder", this.#all.layers.slice(1));
  }

  override forward(x: Tensor): Tensor {
    const { y: deepest, kept } = this.#body.stages.forwardKeeping(x, this.#places);
    let y = follow(deepest, (input) => this.#bottom.forward(input));
    this.#blocks.forEach((block, i) => {
      const stored = kept.get(this.#places[i] as number) as Tensor;
      const skip = this.#detach ? detach(stored) : stored;
      y = follow(y, (input) => block.forward(input, skip));
      skip.dispose();
      stored.dispose();
    });
    for (const layer of this.#top) {
      // Pictures of another size than the network is laid out for are fitted at the same place.
      if (!(layer instanceof PixelShuffleIcnr)) y = follow(y, (input) => this.#fit.forward(input, x));
      y = follow(y, (input) => layer.forward(input, x));
    }
    return y;
  }

  override trace(input: Shape, visit: Visit, name: string): Shape {
    const shapes = stageShapes(this.#body, input);
    let shape = input;
    for (const [child, module] of this.#all.children()) {
      const full = `${name === "" ? "" : `${name}.`}layers.${child}`;
      const block = module instanceof UnetBlock ? this.#blocks.indexOf(module) : -1;
      if (module instanceof UnetBlock) shape = module.trace(shape, visit, full, shapes[this.#places[block] as number]);
      else {
        const fitted = this.#top.includes(module as Follower) && !(module instanceof PixelShuffleIcnr);
        shape = module.trace(fitted ? [...input.slice(0, 2), shape[2] as number] : shape, visit, full);
      }
    }
    return shape;
  }
}
