// What every per-item transform is: it describes itself and makes pictures from pictures, on the processor.
import type { Described } from "../../spec/params";
import type { Fields } from "../choice";
import type { Pixels } from "../decode/pixels";
import type { Frame, Size } from "./frame";

export interface Transform extends Described {
  /** Size of what comes out where it is the same for every picture, else null. */
  outputSize(fields: Fields): Size | null;
  /** Which part of a picture of this size the result shows; without it, all of it. */
  frame?(from: Size, fields: Fields): Frame;
  run(pixels: Pixels, fields: Fields): Pixels;
  /** Draws a series of numbers as a picture; only the first transform of a list is asked to. */
  draw?(series: Float32Array, fields: Fields): Pixels;
}
