// What this engine can do, gathered from the lists of the worker tower, as plain data.
import { AUGMENTS } from "../data/augment";
import { ITEM_ENTRIES } from "../data/itemEntries";
import { LABELER_ENTRIES } from "../data/labelers";
import { NORMALIZATIONS } from "../data/normalize";
import { SAMPLES } from "../data/samples";
import { SPLITTER_ENTRIES } from "../data/splitters";
import { TRANSFORMS } from "../data/transforms";
import { LOSSES } from "../nn/losses/losses";
import { ARCHITECTURES } from "../nn/models/architectures";
import { unetParams } from "../nn/models/unet/unetOptions";
import { OPTIMIZERS } from "../optim/optimizers";
import type { Catalog } from "../spec/catalog";
import type { Described } from "../spec/params";
import { SCHEDULES } from "../spec/schedules/kinds";
import { CALLBACKS } from "../train/callbacks/callbacks";
import { METRICS } from "../train/metrics/metrics";

const plain = ({ id, label, help, params }: Described): Described => ({ id, label, help, params });

/** The catalogue without the functions, which cannot cross to the page. */
export function catalog(): Catalog {
  return {
    items: ITEM_ENTRIES,
    labelers: LABELER_ENTRIES,
    splitters: SPLITTER_ENTRIES,
    transforms: TRANSFORMS.all.map(plain),
    augments: AUGMENTS.all.map(plain),
    normalizations: NORMALIZATIONS.all.map((entry) => ({ ...plain(entry), stats: entry.stats })),
    architectures: ARCHITECTURES.map((entry) => ({ ...plain(entry), encoder: entry.encoder })),
    unet: unetParams,
    optimizers: OPTIMIZERS.map(plain),
    losses: LOSSES.map((entry) => ({ ...plain(entry), tasks: entry.tasks })),
    callbacks: CALLBACKS.map(plain),
    schedules: SCHEDULES.map(plain),
    metrics: METRICS.map((entry) => ({
      ...plain(entry),
      unit: entry.unit,
      better: entry.better,
      tasks: entry.tasks,
    })),
    samples: SAMPLES,
  };
}
