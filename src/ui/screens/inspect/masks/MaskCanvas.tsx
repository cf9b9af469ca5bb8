// A class map drawn over a picture: the classes in their colours, one class alone, or only what is wrong.
import { useLayoutEffect, useMemo, useRef } from "react";
import { NO_CLASS, unpackMask } from "../../../../spec/packedMask";
import type { MaskInterpretation } from "../../../../spec/run";
import { classColour, type Rgb } from "../../../../spec/classColours";

export type MaskMode = "predicted" | "truth" | "errors";

/** Vermilion: it stands out from every photograph and from all first colours. */
const WRONG: Rgb = [213, 94, 0];

export interface MaskCanvasProps {
  readonly interpretation: MaskInterpretation;
  readonly position: number;
  readonly mode: MaskMode;
  /** 0 to 1. */
  readonly opacity: number;
  /** Only this class is drawn; null draws all. */
  readonly only: number | null;
}

/** True and predicted class of every pixel of one picture. */
export function useMasks({ targets, predicted, size }: MaskInterpretation, position: number) {
  const [height, width] = size;
  const [truth, answer] = [targets[position], predicted[position]];
  return useMemo(() => {
    const pixels = height * width;
    return { truth: unpackMask(truth ?? new Uint8Array(), pixels), answer: unpackMask(answer ?? new Uint8Array(), pixels) }; // prettier-ignore
  }, [truth, answer, height, width]);
}

/** A colour as one opaque pixel, as the canvas keeps it in memory. */
function pixelOf(colour: Rgb): number {
  return new Uint32Array(Uint8Array.of(...colour, 255).buffer)[0] ?? 0;
}

const COLOURS = Uint32Array.from({ length: NO_CLASS }, (_, index) => pixelOf(classColour(index)));
const WRONG_PIXEL = pixelOf(WRONG);

function paint(
  { truth, answer }: ReturnType<typeof useMasks>,
  { mode, only }: Pick<MaskCanvasProps, "mode" | "only">,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(truth.length);
  const ids = mode === "truth" ? truth : answer;
  for (let i = 0; i < ids.length; i += 1) {
    const actual = truth[i] as number;
    const shown = ids[i] as number;
    const wrong = actual !== NO_CLASS && actual !== answer[i];
    const drawn = mode === "errors" ? wrong && (only === null || only === actual || only === answer[i]) : shown !== NO_CLASS && (only === null || only === shown); // prettier-ignore
    if (drawn) pixels[i] = mode === "errors" ? WRONG_PIXEL : (COLOURS[shown] ?? 0);
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/** Lies over its picture and is as large. */
export function MaskCanvas({ interpretation, position, mode, opacity, only }: MaskCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const masks = useMasks(interpretation, position);
  const [height, width] = interpretation.size;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(paint(masks, { mode, only }), width, height), 0, 0);
  }, [masks, mode, only, width, height]);
  return (
    <canvas
      ref={canvas}
      width={width}
      height={height}
      aria-hidden
      className="pointer-events-none absolute inset-0 size-full rounded-md [image-rendering:pixelated]"
      style={{ opacity }}
    />
  );
}
