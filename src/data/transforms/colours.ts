// Shows numbers as colours: the levels of a grey picture through a colour map.
import { colourOf, type ColourMap } from "../series/colourMap";
import type { Transform } from "./transform";

export const colours: Transform = {
  id: "colours",
  label: "Numbers as colours",
  help: "Draws the levels of a grey picture or a matrix of numbers in colours, as heat maps are drawn; models for photographs tell colours apart more easily than shades of grey. Only with three channels.",
  params: [
    {
      kind: "choice",
      id: "map",
      label: "Colour map",
      help: "Viridis goes evenly from dark blue over green to yellow.",
      default: "viridis",
      options: [
        { id: "viridis", label: "Viridis" },
        { id: "grey", label: "Grey" },
      ],
    },
  ],
  outputSize: () => null,
  run(pixels, fields) {
    if (pixels.channels !== 3 || pixels.exact === true) return pixels;
    const map = fields.text("map") as ColourMap;
    const table = Array.from({ length: 256 }, (_, level) => colourOf(level / 255, map));
    const data = new Uint8Array(pixels.data.length);
    for (let i = 0; i < data.length; i += 3) data.set(table[pixels.data[i] as number] ?? [], i);
    return { ...pixels, data };
  },
};
