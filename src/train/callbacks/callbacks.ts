// The callbacks one can choose for the fits of a recipe, each describing itself.
import type { MetricInfo } from "../../spec/catalog";
import type { Described, ParamValue } from "../../spec/params";
import type { Callback } from "../callback";
import { accumulate } from "./accumulate";
import { bnFreeze } from "./bnFreeze";
import { earlyStopping } from "./earlyStopping";
import { mixup } from "./mixup";
import { monitorParams } from "./monitor";
import { reduceLrOnPlateau } from "./reduceLrOnPlateau";
import { saveModel } from "./saveModel";

export interface CallbackContext {
  readonly seed: number;
  readonly metrics: readonly MetricInfo[];
}

export interface CallbackEntry extends Described {
  /** `options` hold the fields of `params`, complete. Null: it has its effect where the batches are made. */
  make(options: Readonly<Record<string, ParamValue>>, context: CallbackContext): Callback | null;
}

const patience = (help: string): Described["params"][number] => ({
  kind: "number",
  id: "patience",
  label: "Patience",
  help,
  default: 2,
  min: 0,
  max: 1000,
  step: 1,
  integer: true,
});

/** Every callback, in the order of the menu. */
export const CALLBACKS: readonly CallbackEntry[] = [
  {
    id: "saveModel",
    label: "Keep the best model",
    help: "Remembers the model of the best epoch and puts it back when the fit has ended.",
    params: monitorParams,
    make: saveModel,
  },
  {
    id: "earlyStopping",
    label: "Stop early",
    help: "Ends a fit that no longer gets better. One cycle needs its whole way: stopping it early throws its best part away.",
    params: [patience("So many epochs may pass without an improvement."), ...monitorParams],
    make: earlyStopping,
  },
  {
    id: "reduceLrOnPlateau",
    label: "Lower the rate on a plateau",
    help: "Lowers the learning rate when the fit no longer gets better. Meant for a constant rate.",
    params: [
      patience("So many epochs may pass without an improvement."),
      {
        kind: "number",
        id: "factor",
        label: "Factor",
        help: "The rate is multiplied by this.",
        default: 0.2,
        min: 0.01,
        max: 0.99,
        step: 0.05,
      },
      {
        kind: "number",
        id: "minLr",
        label: "Lowest rate",
        help: "The rate is not lowered below this.",
        default: 0,
        min: 0,
        max: 1,
        step: 0.0001,
        advanced: true,
      },
      ...monitorParams,
    ],
    make: reduceLrOnPlateau,
  },
  {
    id: "accumulate",
    label: "Accumulate gradients",
    help: "Takes one step for several batches, as if they were one large batch: for pictures so large that few fit into memory. Batch norms still see the small batches.",
    params: [
      {
        kind: "number",
        id: "batches",
        label: "Batches a step",
        help: "How many batches make one step.",
        default: 4,
        min: 1,
        max: 1024,
        step: 1,
        integer: true,
      },
    ],
    make: (options) => accumulate(Number(options["batches"])),
  },
  {
    id: "mixup",
    label: "Mixup",
    help: "Trains on blends of two pictures and their answers, so that the model stays unsure between classes. Needs more epochs.",
    params: [
      {
        kind: "number",
        id: "alpha",
        label: "Alpha",
        help: "How strongly pictures are blended: 0.4 blends most a little, 1 often half and half.",
        default: 0.4,
        min: 0.01,
        max: 10,
        step: 0.1,
      },
    ],
    make: (options, { seed }) => mixup(Number(options["alpha"]), seed),
  },
  {
    id: "overSampling",
    label: "Even out the classes",
    help: "Draws training items so that every class comes up equally often. An epoch becomes as many items as classes times the largest class, or the smallest one.",
    params: [
      {
        kind: "choice",
        id: "to",
        label: "As many as",
        help: "Up to the largest class, where rare items repeat; or down to the smallest, where every epoch leaves other items of the common classes out.",
        default: "largest",
        options: [
          { id: "largest", label: "the largest class" },
          { id: "smallest", label: "the smallest class" },
        ],
      },
    ],
    make: () => null,
  },
  {
    id: "bnFreeze",
    label: "Freeze batch norms too",
    help: "Batch norms of frozen layers keep their scale, shift and statistics. Without it they adapt to the new pictures, as in fastai.",
    params: [],
    make: bnFreeze,
  },
];
