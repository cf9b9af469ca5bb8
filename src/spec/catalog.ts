// What the worker can do, as lists that describe themselves; the page draws its menus and forms from this.
import type { BlockEntry, LabelerEntry } from "./blockFields";
import type { Described, ParamSpec } from "./params";
import type { Task } from "./recipe";

export interface MetricInfo {
  readonly id: string;
  readonly label: string;
  /** "" for a plain number. */
  readonly unit: string;
  readonly better: "higher" | "lower";
}

export interface MetricEntry extends Described, MetricInfo {
  readonly tasks: readonly Task[];
}

export interface LossEntry extends Described {
  readonly tasks: readonly Task[];
}

export interface ArchitectureEntry extends Described {
  /** May serve as the encoder of a U-Net or of a regression model. */
  readonly encoder: boolean;
}

export interface NormalizationEntry extends Described {
  /** Of red, green and blue in [0, 1]; null where they are measured. */
  readonly stats: { readonly mean: readonly number[]; readonly std: readonly number[] } | null;
}

export interface SampleEntry {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly recipe: string;
}

export interface Catalog {
  readonly items: readonly BlockEntry[];
  readonly labelers: readonly LabelerEntry[];
  readonly splitters: readonly BlockEntry[];
  readonly transforms: readonly Described[];
  readonly augments: readonly Described[];
  readonly normalizations: readonly NormalizationEntry[];
  readonly architectures: readonly ArchitectureEntry[];
  /** Fields of a U-Net beside those of its encoder, where every pixel gets a class. */
  readonly unet: readonly ParamSpec[];
  readonly optimizers: readonly Described[];
  readonly losses: readonly LossEntry[];
  readonly callbacks: readonly Described[];
  readonly schedules: readonly Described[];
  readonly metrics: readonly MetricEntry[];
  readonly samples: readonly SampleEntry[];
}
