// Draws a series of numbers as a picture: one field a colour channel, or one field through a colour map.
import type { ChoiceParam } from "../../spec/params";
import type { Fields } from "../choice";
import type { Pixels } from "../decode/pixels";
import { colourOf, type ColourMap } from "../series/colourMap";
import { SERIES_FIELDS, type SeriesField } from "../series/fields";
import { scale } from "./resample";
import type { Transform } from "./transform";

const channel = (id: string, label: string, value: string, colour: string): ChoiceParam => ({
  kind: "choice",
  id,
  label,
  help: `Drawn ${colour}. ${SERIES_FIELDS.map(({ help }) => help).join(" ")}`,
  default: value,
  options: SERIES_FIELDS.map((field) => ({ id: field.id, label: field.label })),
});

const THREE = [{ field: "colours", is: ["channels"] }] as const;

const fieldOf = (fields: Fields, id: string): SeriesField =>
  SERIES_FIELDS.find((field) => field.id === fields.text(id)) ?? (SERIES_FIELDS[0] as SeriesField);

/** Every value of a field between 0 and 1. */
function shares(field: SeriesField, series: Float32Array, size: number): Float64Array {
  const [low, high] = field.range;
  return field.of(series, size).map((value) => (value - low) / (high - low));
}

function draw(series: Float32Array, fields: Fields): Pixels {
  const size = fields.number("size");
  const data = new Uint8Array(size * size * 3);
  const colours = fields.text("colours");
  if (colours === "channels") {
    for (const [c, id] of ["red", "green", "blue"].entries())
      for (const [i, share] of shares(fieldOf(fields, id), series, size).entries())
        data[3 * i + c] = Math.round(Math.min(1, Math.max(0, share)) * 255);
  } else {
    for (const [i, share] of shares(fieldOf(fields, "red"), series, size).entries())
      data.set(colourOf(share, colours as ColourMap), 3 * i);
  }
  return { width: size, height: size, channels: 3, data };
}

export const seriesPicture: Transform = {
  id: "seriesPicture",
  label: "Series as picture",
  help: "Draws a row of numbers as a square picture, in which every point stands for two moments; a model for photographs can then tell series apart. Only for rows of numbers, and first in the list.",
  params: [
    {
      kind: "number",
      id: "size",
      label: "Size",
      help: "Pixels on each side. Longer series are averaged over equal parts first.",
      default: 64,
      min: 8,
      max: 512,
      step: 8,
      integer: true,
      unit: "px",
    },
    {
      kind: "choice",
      id: "colours",
      label: "Colours",
      help: "Three fields as red, green and blue show most. A colour map draws the first field alone.",
      default: "channels",
      options: [
        { id: "channels", label: "Three fields" },
        { id: "viridis", label: "Viridis" },
        { id: "grey", label: "Grey" },
      ],
    },
    channel("red", "Field", "gasf", "in red, or through the colour map"),
    { ...channel("green", "In green", "gadf", "in green"), when: THREE },
    { ...channel("blue", "In blue", "mtf", "in blue"), when: THREE },
  ],
  outputSize: (fields) => ({ width: fields.number("size"), height: fields.number("size") }),
  // Pictures among the rows of numbers are only brought to the size.
  run: (pixels, fields) => scale(pixels, fields.number("size"), fields.number("size")),
  draw,
};
