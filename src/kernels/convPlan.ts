// Chooses how a convolution pass is cut into workgroups: variant, tile, parts of the depth and slices of the rows.
import type { BlockVariant } from "./convBlock";
import { extentOf } from "./convShape";
import type { ConvPass, ConvShape } from "./convShape";
import type { TiledVariant } from "./convTiledOperands";

/** "tiled" for GPUs, "block" for adapters that emulate one; lanes: see `BlockVariant`. */
export interface ConvStyle {
  readonly kind: "tiled" | "block";
  readonly lanes: 0 | 8;
  /** For tests: this tile whatever the size, and at most this much work a dispatch. */
  readonly tile?: 32 | 64;
  readonly operations?: number;
}

export type ConvVariant =
  { readonly kind: "tiled"; readonly of: TiledVariant } | { readonly kind: "block"; readonly of: BlockVariant };

export interface ConvPlan {
  readonly variant: ConvVariant;
  /** Workgroups over columns and over phases or parts. */
  readonly columnGroups: number;
  readonly zGroups: number;
  /** Parts of the depth (only the weight gradient has several), and depths in each. */
  readonly parts: number;
  readonly partDepth: number;
  /** The dispatches: first workgroup over the rows and how many. */
  readonly slices: readonly { readonly first: number; readonly count: number }[];
}

/** Operations a dispatch may take: 50 ms on the slowest GPU meant (0.3 TFLOP/s); half a second on an emulator. */
const operationsPerDispatch = { tiled: 15e9, block: 1.5e9 };

/** Workgroups that keep every core of the machine busy. */
const enoughGroups = { tiled: 512, block: 16 };

const maxGroups = 65_535;

/** Parts of the depth of a weight gradient: enough for all cores, but no part shorter than its share of overhead. */
function partsOf(kind: "tiled" | "block", groups: number, depth: number): number {
  const shortest = kind === "tiled" ? 256 : 128;
  const wanted = Math.min(Math.ceil(enoughGroups[kind] / groups), Math.ceil(depth / shortest));
  return Math.max(1, Math.min(wanted, maxGroups));
}

function variantOf(
  pass: ConvPass,
  shape: ConvShape,
  style: ConvStyle,
): { variant: ConvVariant; rows: number; columns: number } {
  const { rows, columns, phases } = extentOf(pass, shape);
  const vectorIn = shape.inChannels % 4 === 0;
  const vectorOut = shape.outChannels % 4 === 0;
  if (style.kind === "tiled") {
    const groups = Math.ceil(rows / 64) * Math.ceil(columns / 64) * phases;
    const small = rows <= 32 || columns <= 32 || (pass !== "filter" && groups < enoughGroups.tiled);
    const tile = style.tile ?? (small ? 32 : 64);
    return { variant: { kind: "tiled", of: { pass, tile, vectorIn, vectorOut } }, rows: tile, columns: tile };
  }
  // Measured on Mesa's software GPU and on SwiftShader: more sums a lane save loads until they leave the registers.
  const wide = pass === "filter" && columns >= 32;
  const of: BlockVariant = { rows: 4, columns: wide ? 16 : 8, lanes: style.lanes, workgroup: 8, vectorIn, vectorOut };
  return { variant: { kind: "block", of }, rows: of.rows * of.workgroup, columns: of.columns };
}

/** The plan of one pass; a function of the shape and the style only, so that results repeat bit for bit. */
export function planConv(pass: ConvPass, shape: ConvShape, style: ConvStyle): ConvPlan {
  const { variant, rows, columns } = variantOf(pass, shape, style);
  const extent = extentOf(pass, shape);
  const rowGroups = Math.ceil(extent.rows / rows);
  const columnGroups = Math.ceil(extent.columns / columns);
  const wanted = pass === "filter" ? partsOf(style.kind, rowGroups * columnGroups, extent.depth) : 1;
  // Whole steps of every variant's loop over the depth.
  const partDepth = Math.ceil(extent.depth / wanted / 32) * 32;
  const parts = pass === "filter" ? Math.max(1, Math.ceil(extent.depth / partDepth)) : 1;
  const operations = 2 * extent.rows * extent.columns * extent.depth * extent.phases;
  const dispatches = Math.max(
    Math.ceil(operations / (style.operations ?? operationsPerDispatch[style.kind])),
    Math.ceil(rowGroups / maxGroups),
    1,
  );
  const perSlice = Math.ceil(rowGroups / dispatches);
  const slices = Array.from({ length: Math.ceil(rowGroups / perSlice) }, (_, i) => ({
    first: i * perSlice,
    count: Math.min(perSlice, rowGroups - i * perSlice),
  }));
  return { variant, columnGroups, zGroups: extent.phases * parts, parts, partDepth, slices };
}
