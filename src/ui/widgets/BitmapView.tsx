// A picture that came from the engine, drawn on a canvas of its own size.
import { useLayoutEffect, useRef } from "react";
import { cx } from "./cx";

export interface BitmapViewProps {
  readonly image: ImageBitmap;
  /** What is to be seen; "" where the caption beside it says so. */
  readonly alt: string;
  readonly className?: string;
}

/** Draws the bitmap; it stays usable, since the one who asked for it closes it. */
export function BitmapView({ image, alt, className }: BitmapViewProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    // A closed bitmap has no size; its successor is on the way.
    if (!canvas.current || image.width === 0) return;
    canvas.current.width = image.width;
    canvas.current.height = image.height;
    canvas.current.getContext("2d")?.drawImage(image, 0, 0);
  }, [image]);
  const named = alt === "" ? { "aria-hidden": true } : { role: "img", "aria-label": alt };
  return <canvas ref={canvas} {...named} className={cx("block bg-sunk", className)} />;
}
