// How large a picture is when it stands upright, from its header alone.
import { checkImage } from "../formats/imageHeader/checkImage";
import { uprightSize } from "./decode/decodeImage";
import { readBytes } from "./sources/readBytes";
import type { Size } from "./transforms/frame";

/** Null where it is no picture that we read. */
export async function pictureSize(file: Blob, path: string): Promise<Size | null> {
  const bytes = await readBytes(file, path);
  if (!bytes.ok) return null;
  const check = checkImage(bytes.value, path);
  return check.ok ? uprightSize(check.header) : null;
}
