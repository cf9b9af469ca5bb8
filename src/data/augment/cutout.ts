// Blacks out squares of pictures.
import { chance, listOf, numberOf, type Augment } from "./augment";
import { cutOut, type Effect } from "./draw";

const MOST = 8;

export const cutout: Augment = {
  id: "cutout",
  label: "Cutout",
  help: "Blacks out squares at random places, so that the model does not rely on one part of things. Masks and points keep what lies below.",
  params: [
    {
      kind: "number",
      id: "holes",
      label: "Squares",
      help: "At most; drawn evenly from 1 to this.",
      default: 1,
      min: 1,
      max: MOST,
      step: 1,
      integer: true,
    },
    {
      kind: "number",
      id: "length",
      label: "Side",
      help: "Of each square.",
      default: 40,
      min: 1,
      max: 512,
      step: 1,
      integer: true,
      unit: "px",
    },
    chance(0.75),
  ],
  steps: [
    {
      order: 20,
      resolve: (rng, fields) => ({
        holes: 1 + rng.below(fields.number("holes")),
        length: fields.number("length"),
        rows: Array.from({ length: MOST }, () => rng.uniform()),
        columns: Array.from({ length: MOST }, () => rng.uniform()),
      }),
      apply: (values) => (draw) => {
        const [rows, columns] = [listOf(values, "rows", MOST), listOf(values, "columns", MOST)];
        const length = numberOf(values, "length");
        return Array.from({ length: numberOf(values, "holes", 1) }).reduce<ReturnType<Effect>>(
          (now, _, i) => cutOut(rows[i] ?? 0.5, columns[i] ?? 0.5, length)(now),
          draw,
        );
      },
    },
  ],
};
