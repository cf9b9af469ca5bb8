// What lies on a picture, drawn over it: a mask in the colours of its classes, or points.
import { useLayoutEffect, useRef } from "react";
import type { PreviewTarget } from "../../spec/dataReport";
import { NO_CLASS, unpackMask } from "../../spec/packedMask";
import { classColour } from "../../spec/classColours";
import { cx } from "./cx";

export interface TargetOverlayProps {
  readonly target: PreviewTarget;
  /** Size of the picture below, so that both are cut alike. */
  readonly width: number;
  readonly height: number;
  /** 0 to 1, for masks. */
  readonly opacity: number;
  /** Only this class. */
  readonly only?: number | null;
  readonly className?: string;
}

function drawMask(
  canvas: HTMLCanvasElement,
  target: Extract<PreviewTarget, { kind: "mask" }>,
  only: number | null,
): void {
  const [height, width] = target.size;
  canvas.width = width;
  canvas.height = height;
  const ids = unpackMask(target.ids, width * height);
  const image = new ImageData(width, height);
  for (const [i, id] of ids.entries()) {
    if (id === NO_CLASS || (only !== null && id !== only)) continue;
    image.data.set([...classColour(id), 255], 4 * i);
  }
  canvas.getContext("2d")?.putImageData(image, 0, 0);
}

/** Dots are as large on the screen whatever the picture's size. */
function drawPoints(canvas: HTMLCanvasElement, points: Float32Array, width: number, height: number): void {
  const scale = Math.max(1, Math.ceil(320 / Math.max(width, height)));
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = canvas.getContext("2d");
  if (!context) return;
  const radius = Math.max(3, (Math.min(canvas.width, canvas.height) / 160) * (points.length > 8 ? 2.2 : 4.5));
  context.lineWidth = radius / 2.5;
  context.strokeStyle = "#ffffff";
  context.fillStyle = "#e00024";
  for (let i = 0; i < points.length; i += 2) {
    const [y, x] = [points[i] as number, points[i + 1] as number];
    context.beginPath();
    context.arc(((x + 1) / 2) * canvas.width, ((y + 1) / 2) * canvas.height, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** Lies exactly over a BitmapView with the same classes, inside of the same box. */
export function TargetOverlay({ target, width, height, opacity, only = null, className }: TargetOverlayProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (!canvas.current) return;
    if (target.kind === "mask") drawMask(canvas.current, target, only);
    else drawPoints(canvas.current, target.points, width, height);
  }, [target, width, height, only]);
  return (
    <canvas
      ref={canvas}
      aria-hidden
      className={cx("pointer-events-none absolute inset-0 [image-rendering:pixelated]", className)}
      style={{ opacity: target.kind === "mask" ? opacity : 1 }}
    />
  );
}
