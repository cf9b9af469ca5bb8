// The schedules one can choose for a fit beside fastai's named ones, each describing itself.
import type { Described, NumberParam, ParamValue } from "../params";
import { constant, cosine, exponential, linear, polynomial, steps, triangular } from "./schedule";
import type { FitSchedule, Schedule } from "./schedule";

type Fields = Readonly<Record<string, ParamValue>>;

export interface ScheduleKind extends Described {
  /** `fields` are complete; `epochs`: how many the fit has. */
  lr(fields: Fields, epochs: number): (top: number) => Schedule;
}

const momentum: NumberParam = {
  kind: "number",
  id: "momentum",
  label: "Momentum",
  help: "How much of the last steps goes on in the next one; the same throughout.",
  default: 0.9,
  min: 0,
  max: 0.999,
  step: 0.01,
  advanced: true,
};

const div = (value: number): NumberParam => ({
  kind: "number",
  id: "div",
  label: "Start divisor",
  help: "The first rate is the top rate divided by this.",
  default: value,
  min: 1,
  max: 1e9,
  step: 1,
  log: true,
  advanced: true,
});

const divFinal = (value: number): NumberParam => ({
  kind: "number",
  id: "divFinal",
  label: "End divisor",
  help: "The last rate is the top rate divided by this.",
  default: value,
  min: 1,
  max: 1e9,
  step: 1,
  log: true,
});

const baseDiv: NumberParam = {
  ...div(4),
  label: "Base divisor",
  help: "Each cycle begins and ends at the top rate divided by this.",
  advanced: false,
};

const half: NumberParam = {
  kind: "number",
  id: "half",
  label: "Epochs up",
  help: "How many epochs the rate rises; it falls as long. The paper takes 2 to 10.",
  default: 2,
  min: 0.01,
  max: 10000,
  step: 0.5,
};

/** From top/div to top/divFinal along a curve. */
const between =
  (curve: (start: number, end: number, fields: Fields) => Schedule): ScheduleKind["lr"] =>
  (fields) =>
  (top) =>
    curve(top / Number(fields["div"]), top / Number(fields["divFinal"]), fields);

const cycles =
  (height: (fields: Fields, epochs: number) => (cycle: number, pct: number) => number): ScheduleKind["lr"] =>
  (fields, epochs) =>
  (top) =>
    triangular(top / Number(fields["div"]), top, Number(fields["half"]) / epochs, height(fields, epochs));

/** Every kind, in the order of the menu. */
export const SCHEDULES: readonly ScheduleKind[] = [
  {
    id: "cosine",
    label: "Cosine",
    help: "Falls along half a cosine: slowly at first, fast in the middle, slowly at the end.",
    params: [div(1), divFinal(1e5), momentum],
    lr: between(cosine),
  },
  {
    id: "linear",
    label: "Linear",
    help: "Falls in a straight line.",
    params: [div(1), divFinal(1e5), momentum],
    lr: between(linear),
  },
  {
    id: "exponential",
    label: "Exponential",
    help: "Falls by the same factor at every step.",
    params: [div(1), divFinal(100), momentum],
    lr: between(exponential),
  },
  {
    id: "polynomial",
    label: "Polynomial",
    help: "Like linear, but bent: with power 2 it falls late, with 0.5 early.",
    params: [
      {
        kind: "number",
        id: "power",
        label: "Power",
        help: "1 is a straight line.",
        default: 2,
        min: 0.1,
        max: 10,
        step: 0.1,
      },
      div(1),
      divFinal(1e5),
      momentum,
    ],
    lr: between((start, end, fields) => polynomial(start, end, Number(fields["power"]))),
  },
  {
    id: "step",
    label: "Steps",
    help: "Stays, then drops by a factor, again and again: the older way of training.",
    params: [
      {
        kind: "number",
        id: "every",
        label: "Epochs at a rate",
        help: "After so many epochs the rate drops.",
        default: 2,
        min: 0.01,
        max: 10000,
        step: 1,
      },
      {
        kind: "number",
        id: "factor",
        label: "Factor",
        help: "The rate is multiplied by this.",
        default: 0.1,
        min: 0.0001,
        max: 1,
        step: 0.05,
      },
      momentum,
    ],
    lr: (fields, epochs) => (top) => steps(top, Number(fields["every"]) / epochs, Number(fields["factor"])),
  },
  {
    id: "triangular",
    label: "Triangular cycles",
    help: "Rises and falls in straight lines, again and again (Smith 2017).",
    params: [half, baseDiv, momentum],
    lr: cycles(() => () => 1),
  },
  {
    id: "triangular2",
    label: "Triangular, halved",
    help: "Triangular cycles, each half as high as the one before.",
    params: [half, baseDiv, momentum],
    lr: cycles(() => (cycle) => 0.5 ** cycle),
  },
  {
    id: "expRange",
    label: "Triangular, shrinking",
    help: "Triangular cycles whose height shrinks steadily (exp_range).",
    params: [
      half,
      {
        kind: "number",
        id: "gamma",
        label: "Kept an epoch",
        help: "The part of the height that is left after an epoch.",
        default: 0.9,
        min: 0.01,
        max: 1,
        step: 0.01,
      },
      baseDiv,
      momentum,
    ],
    lr: cycles((fields, epochs) => (_, pct) => Number(fields["gamma"]) ** (pct * epochs)),
  },
];

/** The schedule of a choice; fields that are left out have their defaults. */
export function scheduleOfKind(choice: Fields, epochs: number): FitSchedule {
  const kind = SCHEDULES.find(({ id }) => id === choice["kind"]);
  if (!kind) throw new Error(`there is no schedule ${choice["kind"]}`);
  const fields = Object.fromEntries(kind.params.map(({ id, default: value }) => [id, choice[id] ?? value]));
  return { lr: kind.lr(fields, epochs), momentum: constant(Number(fields["momentum"])) };
}
