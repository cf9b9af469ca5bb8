// What a drawn sample is: paths, and the making of each file.

export interface SampleFile {
  readonly path: string;
  make(): Promise<Blob>;
}

export interface Sample {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  /** Name of the built-in recipe that trains on it. */
  readonly recipe: string;
  files(): readonly SampleFile[];
}

/** Draws on a fresh canvas and encodes what was drawn. */
export async function picture(
  size: number,
  type: "image/png" | "image/jpeg",
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error("no 2d canvas");
  draw(context);
  return canvas.convertToBlob({ type, quality: 0.92 });
}
