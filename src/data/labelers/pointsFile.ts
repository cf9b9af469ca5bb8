// Labels a picture by points that stand in a file of its own.
import type { Problem } from "../../base/problem";
import type { BlockField } from "../../spec/blockFields";
import { err, ok } from "../../base/result";
import { readPoints } from "../../formats/points/pointFile";
import { problem } from "../../spec/problems";
import { inOrder } from "../decode/inOrder";
import { usualLength } from "../usualLength";
import { readText } from "../sources/readText";
import { FRAME_FIELD, ORDER_FIELD, templateFields } from "./fields";
import { itemPath, type LabelerOf } from "./labeler";
import { templateFinder } from "./pathTemplate";

/** Small files that are read side by side. */
const AHEAD = 16;

const ONLY_FIELD: BlockField = {
  kind: "list",
  id: "only",
  label: "Points",
  help: "Numbers of the points that count, from 1, with commas between; all of them where this is empty.",
  default: [],
  blank: "absent",
};

interface Found {
  readonly points: Float32Array | null;
  readonly fault: "missing" | "broken" | null;
}

/** (y, x) of each point; iBUG's `.pts` count pixels from 1, which is left as it is. */
export const pointsFile: LabelerOf<"pointsFile"> = {
  id: "pointsFile",
  label: "points in files",
  help: "A .pts file, or a text with one point a line, lies beside each picture.",
  answers: "points",
  fields: [...templateFields("{folder}/{stem}.pts"), ORDER_FIELD, ONLY_FIELD, FRAME_FIELD],
  run: async (spec, context) => {
    const { index, items } = context;
    const find = templateFinder(index, spec);
    const read = async (item: number): Promise<Found> => {
      const file = find(itemPath(context, item));
      if (file < 0) return { points: null, fault: "missing" };
      const text = await readText(index, file);
      const pairs = text.ok ? readPoints(text.value) : null;
      if (pairs === null) return { points: null, fault: "broken" };
      return {
        points: Float32Array.from(pairs.flatMap(([a, b]) => (spec.order === "xy" ? [b, a] : [a, b]))),
        fault: null,
      };
    };
    const found: Found[] = [];
    for await (const one of inOrder(items.files.length, AHEAD, read)) found.push(one);
    const length = usualLength(found.flatMap(({ points }) => (points === null ? [] : [points.length])));
    if (length === 0 && found.every(({ fault }) => fault === "missing")) return err(problem("POINTS_NONE"));
    const named = (wrong: (one: Found) => boolean): string[] =>
      found.flatMap((one, item) => (wrong(one) ? [itemPath(context, item)] : []));
    const problems: Problem[] = [];
    const missing = named(({ fault }) => fault === "missing");
    const broken = named(({ points, fault }) => fault === "broken" || (points !== null && points.length !== length));
    if (missing.length > 0) problems.push(problem("LABEL_MISSING", { items: missing }));
    if (broken.length > 0) problems.push(problem("POINTS_BROKEN", { items: broken }));
    const all = Array.from({ length: length / 2 }, (_, i) => i + 1);
    const wanted = spec.only !== undefined && spec.only.length > 0 ? [...new Set(spec.only.map(Number))] : all;
    const absent = wanted.filter((number) => !all.includes(number));
    if (absent.length > 0) return err(problem("POINTS_NUMBER", { detail: `There are ${all.length} points, counted from 1.`, items: absent.map(String) })); // prettier-ignore
    const chosen = (points: Float32Array): Float32Array => Float32Array.from(wanted.flatMap((number) => [...points.subarray(2 * number - 2, 2 * number)])); // prettier-ignore
    const of = found.map(({ points }) => (points?.length === length ? chosen(points) : null));
    const names = wanted.map((number) => `point ${number}`);
    return ok({ answers: { kind: "points", of, names }, problems });
  },
};
