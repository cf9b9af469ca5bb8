// What every per-item transform is: it describes itself and makes pictures from pictures, on the processor.
import type { Described } from "../../spec/params";
import type { Fields } from "../choice";
import type { Pixels } from "../decode/pixels";

export interface Transform extends Described {
  /** Size of what comes out where it is the same for every picture, else null. */
  outputSize(fields: Fields): { readonly width: number; readonly height: number } | null;
  run(pixels: Pixels, fields: Fields): Pixels;
}
