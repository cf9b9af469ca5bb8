// Whether a mask fits its picture: at the picture's own size, or showing the whole of it at another one.
import type { Size } from "../transforms/frame";

export const isSameSize = (one: Size, other: Size): boolean => one.width === other.width && one.height === other.height;

/** The whole of a picture at another size has its proportions, but for the rounding to whole pixels. */
export const isSameShape = (mask: Size, { width, height }: Size): boolean =>
  Math.abs((mask.width * height) / width - mask.height) < 1 || Math.abs((mask.height * width) / height - mask.width) < 1; // prettier-ignore

/** What is said of a mask of another size. */
export const sizeReason = (path: string, mask: Size, picture: Size): string =>
  `its mask ${path} has ${mask.width} × ${mask.height} pixels, the picture ${picture.width} × ${picture.height}`;
