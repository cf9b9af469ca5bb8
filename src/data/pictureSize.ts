// How large a picture is when it stands upright, from its header alone.
import { checkImage } from "../formats/imageHeader/checkImage";
import { uprightSize } from "./decode/decodeImage";
import { readBytes } from "./sources/readBytes";
import type { Size } from "./transforms/frame";

interface UprightSize extends Size {
  /** As EXIF has it, 1 to 8. */
  readonly orientation: number;
}

/** Null where it is no picture that we read. */
export async function pictureSize(file: Blob, path: string): Promise<UprightSize | null> {
  const bytes = await readBytes(file, path);
  if (!bytes.ok) return null;
  const check = checkImage(bytes.value, path);
  return check.ok ? { ...uprightSize(check.header), orientation: check.header.orientation } : null;
}
