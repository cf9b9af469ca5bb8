// Turns a series of numbers into a picture by the recipe's transforms.
import { PROBLEMS } from "../../spec/problems";
import type { TransformChain } from "../transforms";
import type { Decoded } from "./decoder";
import { isBlank } from "./pixels";

/** The picture of a series; a flat one is worth saying. */
export function drawSeries(series: Float32Array, chain: TransformChain): Decoded {
  if (chain.draw === null) return { ok: false, code: "SERIES_DRAWN", reason: PROBLEMS.SERIES_DRAWN.detail };
  const pixels = chain.draw(series);
  return {
    ok: true,
    pixels,
    width: series.length,
    height: 1,
    kind: "series",
    notes: isBlank(pixels) ? ["IMG_BLANK"] : [],
  };
}
