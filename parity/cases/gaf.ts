// Series as pictures: piecewise means and Gramian fields.
import { differenceField, summationField } from "../../src/data/series/fields";
import { paa } from "../../src/data/series/paa";
import type { Family } from "../parityCase";
import { entryOf } from "../reference";
import * as tolerance from "../tolerances";

const file = "gaf.safetensors";
const MEANS = /^paa(\d+)$/;

/** One case: the series is a few numbers long. */
export const gafFamily: Family = (reference) => {
  const names = reference.tensorNames(file);
  const means = names.find((name) => MEANS.test(name));
  if (!names.includes("series") || means === undefined) return [];
  return [
    {
      name: "gaf/fields",
      cost: "light",
      covers: ["series", means, "gasf", "gadf"].map((name) => entryOf(file, name)),
      *run() {
        const series = reference.tensor(file, "series").data;
        const expected = (name: string) => reference.tensor(file, name).data;
        const size = expected(means).length;
        yield { quantity: "means", actual: paa(series, size), expected: expected(means), tolerance: tolerance.points };
        yield { quantity: "summation field", actual: summationField(series, size), expected: expected("gasf"), tolerance: tolerance.points }; // prettier-ignore
        yield { quantity: "difference field", actual: differenceField(series, size), expected: expected("gadf"), tolerance: tolerance.points }; // prettier-ignore
      },
    },
  ];
};
