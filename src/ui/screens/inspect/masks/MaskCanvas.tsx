// A class map drawn over a picture: the classes in their colours, one class alone, or what is wrong, of all or of one pair.
import { useLayoutEffect, useMemo, useRef } from "react";
import { NO_CLASS, unpackMask } from "../../../../spec/packedMask";
import type { MaskInterpretation } from "../../../../spec/run";
import { classColour, type Rgb } from "../../../../spec/classColours";
import type { Cell } from "../../../charts/ConfusionGrid";

export type MaskMode = "predicted" | "truth" | "errors";

/** Vermilion: it stands out from every photograph and from all first colours. */
const WRONG: Rgb = [213, 94, 0];

/** What of the masks is drawn. */
export interface MaskLook {
  /** Only this class; null draws all. */
  readonly only: number | null;
  /** Only where the first is taken for the second. */
  readonly pair: Cell | null;
  /** The class whose pixels do not count, or −1. */
  readonly ignored: number;
}

export interface MaskCanvasProps {
  readonly interpretation: MaskInterpretation;
  readonly position: number;
  readonly mode: MaskMode;
  /** 0 to 1. */
  readonly opacity: number;
  readonly look: MaskLook;
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

/** Whether a pixel counts and is not what it should be. */
const isWrong = (actual: number, answer: number, ignored: number): boolean =>
  actual !== NO_CLASS && actual !== ignored && actual !== answer;

function paint(
  { truth, answer }: ReturnType<typeof useMasks>,
  mode: MaskMode,
  { only, pair, ignored }: MaskLook,
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(truth.length);
  const ids = mode === "truth" ? truth : answer;
  const alone = pair === null ? only : mode === "truth" ? pair.actual : pair.predicted;
  for (let i = 0; i < ids.length; i += 1) {
    const [actual, said, shown] = [truth[i] as number, answer[i] as number, ids[i] as number];
    if (mode !== "errors") {
      if (shown !== NO_CLASS && (alone === null || alone === shown)) pixels[i] = COLOURS[shown] ?? 0;
    } else if (
      pair !== null
        ? pair.actual === actual && pair.predicted === said
        : isWrong(actual, said, ignored) && (only === null || only === actual || only === said)
    )
      // prettier-ignore
      pixels[i] = WRONG_PIXEL;
  }
  return new Uint8ClampedArray(pixels.buffer);
}

/** How many pixels of a picture count, and how many of them are right. */
export function pixelsRight(
  { truth, answer }: ReturnType<typeof useMasks>,
  ignored: number,
): readonly [number, number] {
  let [counted, wrong] = [0, 0];
  for (let i = 0; i < truth.length; i += 1) {
    if (truth[i] !== NO_CLASS && truth[i] !== ignored) counted += 1;
    if (isWrong(truth[i] as number, answer[i] as number, ignored)) wrong += 1;
  }
  return [counted, counted - wrong];
}

/** Lies over its picture and is as large. */
export function MaskCanvas({ interpretation, position, mode, opacity, look }: MaskCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const masks = useMasks(interpretation, position);
  const [height, width] = interpretation.size;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    context?.putImageData(new ImageData(paint(masks, mode, look), width, height), 0, 0);
  }, [masks, mode, look, width, height]);
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
