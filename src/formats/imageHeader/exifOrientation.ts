// Reads the orientation (1 to 8) from an EXIF block.
import { viewOn } from "./header";

const ORIENTATION = 0x0112;

/** The orientation in a TIFF-structured EXIF block (`II*…` or `MM…`); 1 where there is none or it makes no sense. */
export function exifOrientation(block: Uint8Array): number {
  if (block.length < 14) return 1;
  const view = viewOn(block);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > block.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i += 1) {
    const at = directory + 2 + 12 * i;
    if (at + 12 > block.length) return 1;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
