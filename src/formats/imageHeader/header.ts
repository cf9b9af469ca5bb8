// What the header of a picture says, before anything is decoded.
import type { ImageKind } from "./kind";

export interface ImageHeader {
  readonly kind: ImageKind;
  /** As stored, before turning by the EXIF orientation. */
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  /** 4 for CMYK (and for colours with alpha), 1 for grey. */
  readonly channels: number;
  readonly cmyk: boolean;
  /** EXIF: 1 to 8; 1 where it is absent or out of range. */
  readonly orientation: number;
  readonly animated: boolean;
  /** Stray bytes lie between its parts: something was overwritten. */
  readonly suspect: boolean;
}

/** Why a header cannot be used. */
export type HeaderFault = "truncated" | "damaged" | "unsupported";
export type HeaderResult = ImageHeader | HeaderFault;

/** A header with the usual values filled in. */
export function header(
  kind: ImageKind,
  width: number,
  height: number,
  more: Partial<Omit<ImageHeader, "kind" | "width" | "height">> = {},
): ImageHeader {
  return {
    kind,
    width,
    height,
    bitDepth: 8,
    channels: 3,
    cmyk: false,
    orientation: 1,
    animated: false,
    suspect: false,
    ...more,
  };
}

/** A big- and little-endian view of the same bytes. */
export function viewOn(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
